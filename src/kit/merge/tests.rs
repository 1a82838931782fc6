//! What two people's changes come to.

use super::*;
use proptest::prelude::*;

/// `stays {mine} <theirs> [mine|theirs]`.
fn told(base: &str, mine: &str, theirs: &str) -> String {
    let told = merge(base, mine, theirs).parts.into_iter().map(|part| match part {
        Part::Same(text) => text,
        Part::Mine(text) => format!("{{{text}}}"),
        Part::Theirs(text) => format!("<{text}>"),
        Part::Conflict { mine, theirs } => format!("[{mine}|{theirs}]"),
    });
    told.collect()
}

#[test]
fn what_each_changed_alone_goes_together() {
    assert_eq!(told("một\n\nhai\n\nba", "một\n\nhai\n\nba\n\nbốn", "không\n\nmột\n\nhai\n\nba"), "<không\n\n>một\n\nhai\n\nba\n\n{bốn}");
    assert_eq!(
        told("Xã họp lúc 7 giờ tại nhà văn hóa.", "Xã họp lúc 8 giờ tại nhà văn hóa.", "Xã họp lúc 7 giờ tại hội trường."),
        { "Xã họp lúc {8 }giờ tại <hội trường.>" }
    );
    assert_eq!(told("một\n\nhai\n\nba", "một\n\nba", "một\n\nhai\n\nba\n\nbốn"), "một\n\nba\n\n<bốn>");
    assert_eq!(
        told("- một\n- hai\n- ba\n", "- một\n- hai\n- ba\n- bốn\n", "- không\n- một\n- hai\n- ba\n"),
        "- <không\n- >một\n- hai\n- ba\n{- bốn\n}"
    );
}

#[test]
fn where_both_changed_the_same_words_both_stay_whole() {
    assert_eq!(
        told("Thu 14 triệu đồng trong tháng.", "Thu 15 triệu đồng trong tháng.", "Thu 16 triệu đồng trong tháng."),
        { "Thu [15 |16 ]triệu đồng trong tháng." }
    );
    assert_eq!(told("một", "hai ba", "bốn năm"), "[hai ba|bốn năm]");
    assert_eq!(told("một\n\nhai", "một", "một\n\nhai ba"), "một\n\n[|hai ba]");
    assert_eq!(told("", "Bài của tôi.", "Bài của bạn."), "[Bài của tôi.|Bài của bạn.]");
    let merge = merge("một hai ba bốn", "một hai BA bốn", "một hai bA bốn");
    assert_eq!(merge.merged(), None);
    assert_eq!(merge.preferring(Side::Mine), "một hai BA bốn");
    assert_eq!(merge.preferring(Side::Theirs), "một hai bA bốn");
}

#[test]
fn paragraphs_never_run_together() {
    // Mine takes the end away, so that nothing parts the first from what they added.
    assert_eq!(merge("a\n\nb\n\nc", "a\n\nb", "a\n\nb\n\nc x").preferring(Side::Theirs), "a\n\nb\n\nc x");
    assert_eq!(merge("a\n\nb\n", "a\n\nb", "a\n\nb\n\n    c").merged().as_deref(), Some("a\n\nb\n\n    c"));
}

#[test]
fn a_page_can_show_the_parts() {
    let parts = serde_json::to_value(merge("a b c", "x b c", "a b y").parts).expect("parts are plain");
    assert_eq!(parts, serde_json::json!([{"kind": "mine", "text": "x "}, {"kind": "same", "text": "b "}, {"kind": "theirs", "text": "y"}]));
    let parts = serde_json::to_value(merge("a", "b", "c").parts).expect("parts are plain");
    assert_eq!(parts, serde_json::json!([{"kind": "conflict", "text": {"mine": "b", "theirs": "c"}}]));
}

#[test]
fn texts_beyond_all_patience_are_left_to_a_person() {
    let long = |letter: char| (0..MOST_PIECES).map(|number| format!("{letter}{number}\n\n")).collect::<String>();
    let (base, mine, theirs) = (long('a'), long('b'), long('c'));
    assert_eq!(merge(&base, &mine, &theirs).parts, [Part::Conflict { mine: mine.clone(), theirs: theirs.clone() }]);
    assert_eq!(merge(&base, &mine, &base).merged(), Some(mine));
    // As long as may be, and nothing alike.
    let [base, mine, theirs] = [base, long('d'), theirs].map(|text| text.split_inclusive("\n\n").take(MOST_PIECES / 2).collect::<String>());
    assert_eq!(merge(&base, &mine, &theirs).parts.len(), 1);
    // One change in a text of any length.
    let (mine, theirs) = (format!("đầu\n\n{base}"), format!("{base}cuối"));
    assert_eq!(merge(&base, &mine, &theirs).merged(), Some(format!("đầu\n\n{base}cuối")));
}

/// Few words and odd spaces, so that the same word stands in many places.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        ("[abc]|[-] [ab]|  x", prop_oneof![Just(" "), Just("\n"), Just("\n\n"), Just("  \n"), Just("\n \n\n")]),
        0..14,
    )
    .prop_map(|words| words.into_iter().map(|(word, room)| word + room).collect())
}

/// Sentences of words that stand nowhere else, put between those of a base.
fn with_sentences(base: &[String], of: char, places: &[usize]) -> (String, Vec<String>) {
    let mut text = base.to_vec();
    let sentence = |number: usize| format!("{of}{number} thêm{of}{number} câu{of}{number}.");
    let added: Vec<String> = (0..places.len()).map(sentence).collect();
    for (place, sentence) in places.iter().zip(&added) {
        text.insert(place % (text.len() + 1), sentence.clone());
    }
    (text.join(" "), added)
}

proptest! {
    #[test]
    fn where_one_side_stays_the_other_is_the_text(base in text(), other in text()) {
        prop_assert_eq!(merge(&base, &other, &base).merged(), Some(other.clone()));
        prop_assert_eq!(merge(&base, &base, &other).merged(), Some(other.clone()));
        prop_assert_eq!(merge(&base, &other, &other).merged(), Some(other));
    }

    #[test]
    fn either_side_can_be_had_where_they_are_at_odds(base in text(), mine in text(), theirs in text()) {
        let merged = merge(&base, &mine, &theirs);
        prop_assert_eq!(&merge(&base, &mine, &theirs), &merged);
        for part in &merged.parts {
            match part {
                Part::Mine(words) => prop_assert!(mine.contains(words.as_str())),
                Part::Theirs(words) => prop_assert!(theirs.contains(words.as_str())),
                Part::Conflict { mine: my, theirs: their } => prop_assert!(mine.contains(my.as_str()) && theirs.contains(their.as_str())),
                Part::Same(_) => {}
            }
        }
    }

    #[test]
    fn every_sentence_that_either_adds_is_in_the_parts(
        base in proptest::collection::vec("[a-d] [a-d]\\.(\n\n)?", 0..10),
        mine in proptest::collection::vec(0usize..20, 0..4),
        theirs in proptest::collection::vec(0usize..20, 0..4),
        cut in 0usize..10,
    ) {
        let (my_text, my_sentences) = with_sentences(&base, 'm', &mine);
        // They also take something away.
        let (their_text, their_sentences) = with_sentences(&base[..cut.min(base.len())], 't', &theirs);
        let merged = merge(&base.join(" "), &my_text, &their_text);
        let (with_mine, with_theirs) = (merged.preferring(Side::Mine), merged.preferring(Side::Theirs));
        for sentence in my_sentences {
            prop_assert!(with_mine.contains(&sentence), "{sentence}: {:?}", merged.parts);
        }
        for sentence in their_sentences {
            prop_assert!(with_theirs.contains(&sentence), "{sentence}: {:?}", merged.parts);
        }
    }
}
