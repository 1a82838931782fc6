//! What is known of units beside their texts: where they post, what they plan to disclose and announce, whom they have told. In which topics that is looked
//! at, and which rows of the log touch it.

use crate::store::topic::{Topic, Touch};

/// What the log's subjects begin with that speak of places of posting: `place/12/xa-dong-kieu/thon-2`.
pub const PLACE: &str = "place/";
/// Of what a unit plans to disclose: `plan/xa-dong-kieu/2026`.
pub const PLAN: &str = "plan/";
/// Of figures that a unit announces: `release/huong-lua/ket-qua-tin-dung-2027-01-12`.
pub const RELEASE: &str = "release/";
/// Of whom a unit has told of changes: `webhook/3/xa-dong-kieu`. No page shows it.
pub const WEBHOOK: &str = "webhook/";
/// Of machines at its boards: `board/4/xa-dong-kieu`. No page shows one but the desk's own.
pub const BOARD: &str = "board/";
/// A place's code stands on no page.
pub const CODE_RENEWED: &str = "place_code_renewed";

/// What a place of posting is called.
pub fn place(id: i64) -> Topic {
    Topic::of(("place", id))
}

/// Where a unit posts: the places of the one with this label.
pub fn places(label: &str) -> Topic {
    Topic::of(("places", label))
}

/// What a unit plans to disclose, by its label.
pub fn plan(label: &str) -> Topic {
    Topic::of(("plan", label))
}

/// What anybody announces that it will publish.
pub fn releases() -> Topic {
    Topic::of(("releases",))
}

/// The same of one unit, by its label.
pub fn releases_of(label: &str) -> Topic {
    Topic::of(("releases", label))
}

/// `None` for a row that speaks of something else.
pub fn by_row(act: &str, subject: &str) -> Option<Vec<Touch>> {
    if subject.starts_with(WEBHOOK) || subject.starts_with(BOARD) {
        return Some(Vec::new());
    }
    if let Some(rest) = subject.strip_prefix(PLACE) {
        let mut parts = rest.split('/');
        let id = parts.next().and_then(|id| id.parse().ok()).map(place);
        let touched = id.into_iter().chain(parts.next().map(places)).map(Touch::all);
        return Some(touched.filter(|_| act != CODE_RENEWED).collect());
    }
    if let Some(rest) = subject.strip_prefix(RELEASE) {
        let label = rest.split('/').next().unwrap_or_default();
        return Some([releases(), releases_of(label)].map(Touch::all).into());
    }
    let label = subject.strip_prefix(PLAN)?.split('/').next()?;
    Some(vec![Touch::all(plan(label))])
}

/// Whose they are that such a subject speaks of, by label.
pub fn label_of(subject: &str) -> Option<&str> {
    let plan = subject.strip_prefix(PLAN).or_else(|| subject.strip_prefix(RELEASE)).and_then(|rest| rest.split('/').next());
    let of_one = || [PLACE, WEBHOOK, BOARD].iter().find_map(|kind| subject.strip_prefix(kind));
    plan.or_else(|| of_one().and_then(|rest| rest.split('/').nth(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_place_or_a_plan_touches_what_is_shown_of_it_and_a_code_nothing() {
        let all = |topics: &[Topic]| Some(topics.iter().copied().map(Touch::all).collect::<Vec<_>>());
        assert_eq!(by_row("place_added", "place/12/xa-dong-kieu/thon-2"), all(&[place(12), places("xa-dong-kieu")]));
        assert_eq!(by_row(CODE_RENEWED, "place/12/xa-dong-kieu/thon-2"), all(&[]));
        assert_eq!(by_row("plan_kept", "plan/xa-dong-kieu/2026"), all(&[plan("xa-dong-kieu")]));
        assert_eq!(by_row("release_moved", "release/xa-dong-kieu/bao-cao"), all(&[releases(), releases_of("xa-dong-kieu")]));
        assert_eq!(by_row("webhook_added", "webhook/3/xa-dong-kieu"), all(&[]));
        assert_eq!(by_row("published", "posting/thong-bao/1"), None);
        assert_eq!(
            [label_of("place/12/xa-dong-kieu/thon-2"), label_of("plan/xa/2026"), label_of("webhook/3/xa"), label_of("site.toml")],
            [Some("xa-dong-kieu"), Some("xa"), Some("xa"), None]
        );
    }
}
