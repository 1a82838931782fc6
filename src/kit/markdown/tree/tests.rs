//! Texts as authors write them, and the trees they become.

use super::*;

fn told(body: &str) -> serde_json::Value {
    serde_json::to_value(tree(body)).expect("plain data")
}

#[test]
fn a_text_becomes_its_blocks() {
    let body = "Mở **đầu** và\nhai[^1]  \nba m<sup>2</sup>.\n\n#### Mục\n\n- **một**, rồi\n- hai\n  1. ba\n\n> Lời *dân*.\n\n![Kho thóc](kho.png \"Ảnh kho\")\n\n---\n\n[^1]: Nguồn `x`.";
    let text = |text: &str| serde_json::json!({"is": "text", "text": text});
    let note = serde_json::json!({"is": "note", "number": 1, "blocks": [
        {"is": "paragraph", "text": [text("Nguồn "), {"is": "code", "text": "x"}, text(".")]}]});
    let item = |said: &str| serde_json::json!({"is": "paragraph", "text": [text(said)]});
    assert_eq!(
        told(body),
        serde_json::json!([
            {"is": "paragraph", "text": [
                text("Mở "), {"is": "strong", "text": [text("đầu")]}, text(" và hai"), note, {"is": "break"},
                text("ba m"), {"is": "raised", "text": "2"}, text(".")]},
            {"is": "heading", "level": 1, "text": [text("Mục")]},
            {"is": "list", "start": null, "items": [[{"is": "paragraph", "text": [{"is": "strong", "text": [text("một")]}, text(", rồi")]}], [item("hai"), {"is": "list", "start": 1, "items": [[item("ba")]]}]]},
            {"is": "quote", "blocks": [{"is": "paragraph", "text": [text("Lời "), {"is": "emphasis", "text": [text("dân")]}, text(".")]}]},
            {"is": "picture", "alt": "Kho thóc", "caption": "Ảnh kho"},
            {"is": "rule"}
        ])
    );
}

#[test]
fn a_table_keeps_its_caption_its_sides_and_every_cell() {
    let made = tree("*Đơn vị: triệu đồng*\n\n| Xã | Thu | Chi |\n|---|--:|:-:|\n| Đông Kiều | 14.206 |\n\n| | |\n|-|-|\n|a|b|");
    let [Block::Table(first), Block::Table(second)] = made.as_slice() else { panic!("{made:?}") };
    assert_eq!(words(&first.caption), "Đơn vị: triệu đồng");
    assert_eq!(first.sides, [Side::Start, Side::End, Side::Center]);
    assert_eq!(first.head.iter().map(|cell| words(cell)).collect::<Vec<_>>(), ["Xã", "Thu", "Chi"]);
    assert_eq!(first.rows[0].iter().map(|cell| words(cell)).collect::<Vec<_>>(), ["Đông Kiều", "14.206", ""]);
    assert!(second.head.is_empty() && second.caption.is_empty());
}

#[test]
fn no_heading_skips_a_level() {
    let levels: Vec<u8> = tree("### a\n\n# b\n\n##### c\n\n### d")
        .iter()
        .filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None })
        .collect();
    assert_eq!(levels, [1, 1, 2, 2]);
}

#[test]
fn html_leaves_its_words_and_nesting_ends_somewhere() {
    let told = serde_json::to_string(&tree("<div>một <b>hai</b></div><script>x()</script>\n\nba <u>bốn</u><br>năm")).expect("plain");
    assert!(told.contains("một hai") && told.contains("ba bốn") && told.contains("năm"), "{told}");
    assert!(!told.contains('<') && !told.contains("x()"), "{told}");
    let deep = format!("{}sâu [^a]\n\n[^a]: chú [^b]\n\n[^b]: thích [^a]", ">".repeat(49));
    let deep = serde_json::to_string(&tree(&deep)).expect("plain");
    assert!(deep.contains("sâu") && deep.matches("quote").count() <= MOST_DEPTH, "{deep}");
}
