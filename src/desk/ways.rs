//! Every address of the desk, whom it is for, what reads it and what acts on it. Whatever is here needs a session unless
//! it says otherwise, and whatever acts needs the session's mark: `door` sees to both.

use actix_web::HttpRequest;
use actix_web::web::{Data, Payload, ServiceConfig, get, post, resource};

use super::door::{ENROL, For, Handler, SECOND_FACTOR, SIGN_IN, open};
use super::{
    begin, board_one, boards, boards_tree, calendar, coming, coverage, coverage_table, decide, early, early_desk, edit, files, frame,
    groups, holidays, indicators, indicators_form, intake, kinds, kinds_form, lists, log, many, me, papers, people, person, placements,
    places, plan, plan_form, preview, release_one, releases, review, sent, settings, sign_in, texts, units, unsaved, webhook, webhooks,
};
use crate::approval::held;
use crate::kit::filetype;
use crate::person::session::Stage;
use crate::web::Web;

pub struct Way {
    pub path: &'static str,
    pub kind: For,
    pub read: Option<Handler>,
    pub act: Option<Handler>,
    /// The longest body, in bytes.
    pub most: usize,
    /// Asked again and again by a page's own script: nobody need sit before it.
    pub by_itself: bool,
    /// Its form may bring a file, at most `most` bytes long; what is typed beside it is short.
    pub takes_files: bool,
}

impl Way {
    /// Of what is typed.
    pub fn longest(&self) -> usize {
        if self.takes_files { LISTED } else { self.most }
    }
}

/// A few answers: a reason of two thousand letters, each sent as nine bytes, beside two hundred texts with their seals.
const SHORT: usize = 64 * 1024;
/// What is said of thirty files, each letter as above.
const LISTED: usize = 256 * 1024;
/// A text with everything beside it: two million bytes of Markdown (`edition::file::MAX_BYTES`), each Vietnamese letter of
/// three bytes sent as nine. What is taken can also be kept for whoever has to sign in again.
pub const LONG: usize = held::MOST_BYTES;

pub const WAYS: &[Way] = &[
    reads("/ban-bien-tap", lists::mine),
    both(unsaved::UNSAVED, unsaved::page, unsaved::act),
    reads("/ban-bien-tap/cho-xu-ly", lists::queue),
    reads("/ban-bien-tap/lich", calendar::calendar),
    reads("/ban-bien-tap/van-ban", lists::list),
    both("/ban-bien-tap/van-ban/nhieu", many::again, many::many),
    both("/ban-bien-tap/van-ban/moi", begin::new, begin::start),
    reads("/ban-bien-tap/van-ban/{id}", texts::shown),
    long(both("/ban-bien-tap/van-ban/{id}/sua", edit::edit, edit::keep)),
    by_itself(long(acts("/ban-bien-tap/van-ban/{id}/giu", edit::hold))),
    acts("/ban-bien-tap/van-ban/{id}/bo-giu", edit::let_go),
    by_itself(reads("/ban-bien-tap/van-ban/{id}/dang-sua", edit::others)),
    Way { most: filetype::MAX_BYTES as usize, takes_files: true, ..both(files::FILES, files::files, files::act) },
    Way { most: filetype::MAX_BYTES as usize, takes_files: true, ..both(intake::FIGURES, intake::page, intake::act) },
    acts("/ban-bien-tap/van-ban/{id}/ban-moi", edit::next),
    acts("/ban-bien-tap/van-ban/{id}/gui", decide::submit),
    acts("/ban-bien-tap/van-ban/{id}/rut", decide::take_back),
    both("/ban-bien-tap/van-ban/{id}/duyet", review::review_page, review::approve),
    both("/ban-bien-tap/van-ban/{id}/tra-lai", decide::send_back_page, decide::send_back),
    both("/ban-bien-tap/van-ban/{id}/dang", decide::publish_page, decide::publish),
    both("/ban-bien-tap/van-ban/{id}/khan", decide::urge_page, decide::urge),
    both("/ban-bien-tap/van-ban/{id}/xac-nhan", decide::confirm_page, decide::confirm),
    both("/ban-bien-tap/van-ban/{id}/thoi-gian", decide::reschedule_page, decide::reschedule),
    acts("/ban-bien-tap/van-ban/{id}/huy-hen", decide::unschedule),
    both("/ban-bien-tap/van-ban/{id}/go", decide::withdraw_page, decide::withdraw),
    both("/ban-bien-tap/van-ban/{id}/bo", decide::discard_page, decide::discard),
    acts("/ban-bien-tap/van-ban/{id}/khoi-phuc", decide::restore),
    acts("/ban-bien-tap/van-ban/{id}/phuc-hoi-ban", decide::restore_revision),
    acts("/ban-bien-tap/van-ban/{id}/hoan-tac", decide::undo),
    reads("/ban-bien-tap/van-ban/{id}/xem-truoc", preview::framed),
    reads("/ban-bien-tap/van-ban/{id}/trang", preview::alone),
    reads("/ban-bien-tap/van-ban/{id}/ban/{number}/so-lieu.{ending}", preview::figures),
    reads("/ban-bien-tap/van-ban/{id}/so-sanh", preview::compare),
    reads("/ban-bien-tap/van-ban/{id}/noi-nhan", sent::sent),
    reads(frame::COMING, coming::list),
    both(coming::ONE, coming::one, coming::answer),
    reads(frame::COVERAGE, coverage::list),
    reads(coverage::ONE, coverage::one),
    reads(coverage_table::CSV, coverage_table::csv),
    reads(coverage_table::XLSX, coverage_table::xlsx),
    reads(frame::PLANS, plan::list),
    Way { most: 1024 * 1024, ..both(plan_form::ONE, plan_form::edit, plan_form::keep) },
    acts(plan::POST, plan::post),
    both(frame::RELEASES, releases::list, releases::announce),
    both(release_one::ONE, release_one::one, release_one::change),
    acts("/ban-bien-tap/van-ban/{id}/chia-se", preview::lend),
    acts("/ban-bien-tap/van-ban/{id}/thoi-chia-se", preview::take_back),
    both(early_desk::LIST, early_desk::list, early_desk::act),
    open_to(For::Anyone, reads(early::PAGE, early::page)),
    open_to(For::Anyone, reads(early::ALONE, early::alone)),
    open_to(For::Anyone, reads(early::FIGURES, early::figures)),
    open_to(For::Anyone, reads(early::FILE, early::file)),
    open_to(For::Anyone, reads("/ban-bien-tap/xem/{secret}", preview::shared)),
    open_to(For::Anyone, reads("/ban-bien-tap/xem/{secret}/trang", preview::shared_alone)),
    open_to(For::Anyone, reads("/ban-bien-tap/xem/{secret}/so-lieu.{ending}", preview::shared_figures)),
    open_to(For::Anyone, reads("/ban-bien-tap/xem/{secret}/tep/{name:.*}", preview::shared_file)),
    reads("/ban-bien-tap/tep/{name:.*}", preview::file),
    long(acts("/ban-bien-tap/xem-thu", edit::tried)),
    reads("/ban-bien-tap/don-vi", units::units),
    both(places::LIST, places::list, places::add),
    reads(places::PATH, places::own),
    both(places::PLACE, places::edit, places::keep),
    acts(places::CODE, places::renew),
    reads(places::CARD, places::card),
    both(placements::HANGS, placements::shown, placements::record),
    both(placements::STRIKE, placements::strike_page, placements::strike),
    reads(placements::PHOTO, placements::photo),
    reads(papers::SHEET, papers::printed_sheet),
    reads(papers::POSTED, papers::posted),
    reads(papers::CLOSED, papers::closed),
    both(boards::LIST, boards::list, boards::pair),
    reads(frame::BOARDS, boards_tree::tree),
    both(board_one::ONE, board_one::one, board_one::keep_hours),
    both(board_one::REMOVE, board_one::remove_page, board_one::remove),
    both(webhooks::LIST, webhooks::list, webhooks::add),
    acts(webhooks::CHOICE, webhooks::choose),
    reads(frame::WEBHOOKS, webhooks::own),
    reads(webhook::ONE, webhook::one),
    acts(webhook::TRY, webhook::try_out),
    acts(webhook::PAUSE, webhook::pause),
    acts(webhook::RESUME, webhook::resume),
    acts(webhook::AGAIN, webhook::again),
    acts(webhook::TELL_BOARDS, webhook::tell_boards),
    both(webhook::REMOVE, webhook::sure_remove, webhook::remove),
    reads("/ban-bien-tap/nhat-ky", log::log),
    reads("/ban-bien-tap/nhat-ky/nhat-ky.csv", log::csv),
    reads("/ban-bien-tap/nhat-ky/nhat-ky.jsonl", log::json),
    Way { most: 256 * 1024, ..both("/ban-bien-tap/cai-dat", settings::settings, settings::keep) },
    both(frame::HOLIDAYS, holidays::holidays, holidays::add),
    acts(holidays::EXCHANGE, holidays::exchange),
    acts(holidays::COMPLETE, holidays::complete),
    both(holidays::REMOVE, holidays::remove_page, holidays::remove),
    reads(frame::KINDS, kinds::kinds),
    Way { most: 64 * 1024, ..both(kinds_form::NEW, kinds_form::new, kinds_form::add) },
    Way { most: 64 * 1024, ..both(kinds_form::KIND, kinds_form::edit, kinds_form::keep) },
    both(kinds_form::REMOVE, kinds_form::remove_page, kinds_form::remove),
    reads(frame::GROUPS, groups::list),
    Way { most: 256 * 1024, ..both(groups::NEW, groups::new, groups::add) },
    Way { most: 256 * 1024, ..both(groups::ONE, groups::edit, groups::keep) },
    acts(groups::REMOVE, groups::remove),
    reads(frame::INDICATORS, indicators::list),
    new_entry(indicators::NEW_INDICATOR),
    entry("/ban-bien-tap/chi-tieu/{code}"),
    both("/ban-bien-tap/chi-tieu/{code}/bo", indicators_form::remove_page, indicators_form::remove),
    new_entry("/ban-bien-tap/them-don-vi-do"),
    entry("/ban-bien-tap/don-vi-do/{code}"),
    both("/ban-bien-tap/don-vi-do/{code}/bo", indicators_form::remove_page, indicators_form::remove),
    new_entry("/ban-bien-tap/them-cach-chia"),
    entry("/ban-bien-tap/cach-chia/{code}"),
    both("/ban-bien-tap/cach-chia/{code}/bo", indicators_form::remove_page, indicators_form::remove),
    new_entry("/ban-bien-tap/them-phep-kiem-tra"),
    entry("/ban-bien-tap/phep-kiem-tra/{code}"),
    both("/ban-bien-tap/phep-kiem-tra/{code}/bo", indicators_form::remove_page, indicators_form::remove),
    open_to(For::Anyone, both(SIGN_IN, sign_in::page, sign_in::enter)),
    open_to(For::HalfSigned(Stage::SecondFactor), both(SECOND_FACTOR, sign_in::second_page, sign_in::second)),
    open_to(For::Anyone, both(sign_in::LINK, sign_in::link_page, sign_in::follow)),
    open_to(For::Anyone, acts(sign_in::SIGN_OUT, sign_in::leave)),
    reads(frame::ME, me::me),
    open_to(For::Enrolling, both(ENROL, me::enrol_page, me::enrol)),
    acts(me::PASSWORD, me::password),
    acts(me::CODES, me::codes),
    acts(me::REMOVE, me::remove),
    acts(me::SESSIONS, me::end_sessions),
    acts(me::SESSION, me::end_session),
    acts(me::TOKENS, me::new_token),
    acts(me::TOKEN, me::end_token),
    reads(frame::PEOPLE, people::list),
    both(people::NEW, people::new, people::add),
    reads(person::PERSON, person::person),
    acts(person::NAME, person::rename),
    acts(person::GRANT, person::grant),
    both(person::REVOKE, person::sure_revoke, person::revoke),
    both(person::RESET, person::sure_reset, person::reset),
    both(person::DISABLE, person::sure_disable, person::disable),
    acts(person::ENABLE, person::enable),
    both(person::SESSIONS, person::sure_end_sessions, person::end_sessions),
];

const fn reads(path: &'static str, read: Handler) -> Way {
    Way { path, kind: For::Staff, read: Some(read), act: None, most: 0, by_itself: false, takes_files: false }
}

const fn acts(path: &'static str, act: Handler) -> Way {
    Way { path, kind: For::Staff, read: None, act: Some(act), most: SHORT, by_itself: false, takes_files: false }
}

const fn both(path: &'static str, read: Handler, act: Handler) -> Way {
    Way { path, kind: For::Staff, read: Some(read), act: Some(act), most: SHORT, by_itself: false, takes_files: false }
}

/// Of the list of indicators; one may have some hundred members.
const fn new_entry(path: &'static str) -> Way {
    Way { most: 1024 * 1024, ..both(path, indicators_form::new, indicators_form::add) }
}

const fn entry(path: &'static str) -> Way {
    Way { most: 1024 * 1024, ..both(path, indicators_form::edit, indicators_form::keep) }
}

const fn long(way: Way) -> Way {
    Way { most: LONG, ..way }
}

const fn by_itself(way: Way) -> Way {
    Way { by_itself: true, ..way }
}

const fn open_to(kind: For, way: Way) -> Way {
    Way { kind, ..way }
}

pub fn routes(urls: &mut ServiceConfig) {
    for way in WAYS {
        let mut resource = resource(way.path);
        if let Some(read) = way.read {
            let answer = move |web: Data<Web>, request: HttpRequest, payload: Payload| open(web, request, payload, way, 0, read);
            resource = resource.route(get().to(answer));
        }
        if let Some(act) = way.act {
            let answer = move |web: Data<Web>, request: HttpRequest, payload: Payload| open(web, request, payload, way, way.most, act);
            resource = resource.route(post().to(answer));
        }
        urls.service(resource);
    }
}
