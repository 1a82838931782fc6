//! A tree as lines of plain text, for terminals, for printers that know letters only, and for those who read by ear: each
//! paragraph is one line, however long, and a table is told row by row, each cell after the name of its column.

use super::super::absolute::whole_address;
use super::{Block, Inline, Table};

/// The words that stand before what is no text.
pub struct Labels<'l> {
    pub picture: &'l str,
    pub note: &'l str,
}

struct Teller<'l> {
    labels: &'l Labels<'l>,
    /// The absolute address of the text.
    page: &'l str,
    told: Vec<String>,
    notes: Vec<(usize, Vec<Block>)>,
}

/// Paragraphs apart by an empty line. `page`: the absolute address it stands at.
pub fn lines(blocks: &[Block], page: &str, labels: &Labels) -> String {
    let mut teller = Teller { labels, page, told: Vec::new(), notes: Vec::new() };
    teller.blocks(blocks, "");
    let mut at = 0;
    // A note may hold a note.
    while at < teller.notes.len() {
        let (number, blocks) = teller.notes[at].clone();
        let from = teller.told.len();
        teller.blocks(&blocks, "");
        if let Some(first) = teller.told.get_mut(from) {
            *first = format!("{} {number}: {first}", labels.note);
        }
        at += 1;
    }
    teller.told.join("\n\n")
}

impl Teller<'_> {
    fn push(&mut self, indent: &str, text: &str) {
        let lines: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{indent}{line}")).collect();
        if !lines.is_empty() {
            self.told.push(lines.join("\n"));
        }
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text } => {
                    let text = self.run(text);
                    self.push(indent, &text);
                }
                Block::List { start, items } => {
                    let mut listed = Vec::new();
                    for (index, item) in items.iter().enumerate() {
                        let mark = start.map_or("-".to_owned(), |start| format!("{}.", start + index as u64));
                        listed.push(self.item(item, indent, &mark));
                    }
                    self.told.push(listed.join("\n"));
                }
                Block::Quote { blocks } => self.blocks(blocks, &format!("{indent}  ")),
                // As it stands, with the spaces that it begins with.
                Block::Code { text } => self.told.push(text.lines().map(|line| format!("{indent}  {line}")).collect::<Vec<_>>().join("\n")),
                Block::Table(table) => self.table(table, indent),
                Block::Picture { alt, caption } => {
                    let told: Vec<&str> = [alt.as_str(), caption].into_iter().filter(|text| !text.is_empty()).collect();
                    let text = format!("{} {}", self.labels.picture, told.join(". "));
                    self.push(indent, &text);
                }
                Block::Rule => {}
            }
        }
    }

    /// What stands in it below its first line is told deeper.
    fn item(&mut self, blocks: &[Block], indent: &str, mark: &str) -> String {
        let before = std::mem::take(&mut self.told);
        self.blocks(blocks, &format!("{indent}  "));
        let told = std::mem::replace(&mut self.told, before).join("\n");
        format!("{indent}{mark} {}", told.trim_start())
    }

    fn table(&mut self, table: &Table, indent: &str) {
        let head: Vec<String> = table.head.iter().map(|cell| self.cell(cell)).collect();
        let mut lines: Vec<String> = Some(self.cell(&table.caption)).into_iter().filter(|caption| !caption.is_empty()).collect();
        for row in &table.rows {
            let mut cells = Vec::new();
            for (column, cell) in row.iter().enumerate() {
                let cell = self.cell(cell);
                match head.get(column).filter(|name| !name.is_empty()) {
                    _ if cell.is_empty() => {}
                    Some(name) => cells.push(format!("{name}: {cell}")),
                    None => cells.push(cell),
                }
            }
            lines.extend(Some(cells.join("; ")).filter(|line| !line.is_empty()));
        }
        let text = lines.join("\n");
        self.push(indent, &text);
    }

    fn cell(&mut self, text: &[Inline]) -> String {
        self.run(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn run(&mut self, text: &[Inline]) -> String {
        let mut told = String::new();
        for one in text {
            match one {
                Inline::Text { text } | Inline::Code { text } | Inline::Raised { text } | Inline::Lowered { text } => told.push_str(text),
                Inline::Strong { text } | Inline::Emphasis { text } | Inline::Struck { text } => told.push_str(&self.run(text)),
                Inline::Link { address, text } => {
                    let text = self.run(text);
                    told.push_str(&text);
                    let address = self.address(address);
                    // One that is told by its words is not told twice.
                    if !address.is_empty() && address != text.trim() {
                        told.push_str(&format!(" ({address})"));
                    }
                }
                Inline::Picture { alt } => told.push_str(alt),
                Inline::Note { number, blocks } => {
                    told.push_str(&format!(" ({} {number})", self.labels.note.to_lowercase()));
                    if !blocks.is_empty() {
                        self.notes.push((*number, blocks.clone()));
                    }
                }
                Inline::Break => told.push('\n'),
            }
        }
        told
    }

    /// Empty for a place within the text itself, and for a telephone, whose number the words say.
    fn address(&self, address: &str) -> String {
        if address.starts_with('#') || address.starts_with("tel:") {
            return String::new();
        }
        match address.strip_prefix("mailto:") {
            Some(mail) => mail.to_owned(),
            None => whole_address(address, self.page),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn told(body: &str) -> String {
        lines(&tree(body), "https://thu.example/niem-yet/mot", &Labels { picture: "Ảnh:", note: "Chú thích" })
    }

    #[test]
    fn a_text_is_told_line_by_line() {
        let body = "Mở **đầu** và\nhai[^1]  \nba m<sup>2</sup>.\n\n## Mục\n\n- **một**, rồi\n- hai\n  1. ba\n  2. bốn\n\n> Lời *dân*.\n\n![Kho thóc](kho.png \"Ảnh kho\")\n\n---\n\n`a  b`\n\n[^1]: Nguồn `x`.";
        let wanted = "Mở đầu và hai (chú thích 1)\nba m2.\n\nMục\n\n- một, rồi\n- hai\n  1. ba\n  2. bốn\n\n  Lời dân.\n\nẢnh: Kho thóc. Ảnh kho\n\na  b\n\nChú thích 1: Nguồn x.";
        assert_eq!(told(body), wanted);
    }

    #[test]
    fn a_table_is_told_by_its_columns() {
        let body = "*Đơn vị: người*\n\n| Xã | Điểm | Sức chứa |\n|---|---|--:|\n| Đông Kiều | Trường **Tiểu học** | 600 |\n| Bến Gạo | | 450 |\n\n| | |\n|-|-|\n|a|b|";
        assert_eq!(told(body), "Đơn vị: người\nXã: Đông Kiều; Điểm: Trường Tiểu học; Sức chứa: 600\nXã: Bến Gạo; Sức chứa: 450\n\na; b");
    }

    #[test]
    fn a_link_is_told_with_its_whole_address_once() {
        let body = "Xem [bài](/tin/hai), [trang sau](hai?a=1), <https://khac.example/x>, [gọi 0900](tel:0900), [thư](mailto:a@thu.example) và [dưới](#x).";
        assert_eq!(
            told(body),
            "Xem bài (https://thu.example/tin/hai), trang sau (https://thu.example/niem-yet/hai?a=1), https://khac.example/x, gọi 0900, thư (a@thu.example) và dưới."
        );
    }
}
