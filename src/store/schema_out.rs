//! Tables of what goes out, of what is followed, of figures and of when they come.

use super::schema::{editions, places, revision_media};

diesel::table! {
    reaches (scope, position) {
        scope -> Text,
        position -> BigInt,
        at -> Timestamp,
        act -> Text,
        document_id -> Nullable<BigInt>,
        number -> Nullable<Integer>,
        counts_from -> Timestamp,
        held_back -> Bool,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Text,
        public -> Text,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
        endorsed_by -> Text,
        endorsement -> Text,
        revoked_at -> Nullable<Timestamp>,
        revoked_by -> Text,
        revoked_reason -> Text,
        revocation -> Text,
    }
}

diesel::table! {
    sources (id) {
        id -> BigInt,
        portal -> Text,
        unit_code -> Text,
        hangs_in -> Text,
        trust -> Text,
        name -> Text,
        series -> Text,
        number -> BigInt,
        content -> Text,
        issued_at -> Timestamp,
        whole_issued_at -> Timestamp,
        fresh_until -> Timestamp,
        heard_at -> Nullable<Timestamp>,
        fault -> Text,
        failures -> Integer,
        stopped_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    followed (source_id, item) {
        source_id -> BigInt,
        item -> Text,
        document_id -> BigInt,
        edition -> Integer,
        digest -> Text,
    }
}

diesel::table! {
    webhooks (id) {
        id -> BigInt,
        unit_id -> BigInt,
        url -> Text,
        note -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        paused_at -> Nullable<Timestamp>,
        told_after -> BigInt,
        told_at -> BigInt,
        failing_since -> Nullable<Timestamp>,
        tells_boards -> Bool,
    }
}

diesel::table! {
    deliveries (id) {
        id -> BigInt,
        webhook_id -> BigInt,
        name -> Text,
        body -> Text,
        events -> Integer,
        is_beside -> Bool,
        made_at -> Timestamp,
        state -> Text,
        began_at -> Timestamp,
        attempts -> Integer,
        next_at -> Timestamp,
        claimed_until -> Nullable<Timestamp>,
        last_at -> Nullable<Timestamp>,
        last_status -> Integer,
        last_error -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(deliveries, webhooks);

diesel::table! {
    boards (id) {
        id -> BigInt,
        public -> Text,
        key -> Text,
        unit_code -> Text,
        code -> Text,
        asked_at -> Timestamp,
        place_id -> Nullable<BigInt>,
        paired_at -> Nullable<Timestamp>,
        paired_by -> Text,
        unpaired_at -> Nullable<Timestamp>,
        count -> BigInt,
        heard_at -> Nullable<Timestamp>,
        told -> Text,
        showing -> Text,
        opens -> Integer,
        closes -> Integer,
    }
}

diesel::table! {
    board_alarms (id) {
        id -> BigInt,
        board_id -> BigInt,
        what -> Text,
        document_id -> Nullable<BigInt>,
        fault -> Text,
        raised_at -> Timestamp,
        cleared_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    observations (data, row) {
        data -> Text,
        row -> Integer,
        indicator -> Text,
        unit_code -> Text,
        first_day -> Nullable<Date>,
        last_day -> Nullable<Date>,
        members -> Text,
        value -> Text,
        measure -> Text,
        is_preliminary -> Bool,
        note -> Text,
    }
}

diesel::table! {
    data_indicators (data, indicator) {
        data -> Text,
        indicator -> Text,
    }
}

diesel::table! {
    intakes (id) {
        id -> BigInt,
        document_id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        digest -> Text,
        answers -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    sheet_shapes (id) {
        id -> BigInt,
        unit_id -> Nullable<BigInt>,
        shape -> Text,
        answers -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    releases (id) {
        id -> BigInt,
        unit_id -> BigInt,
        name -> Text,
        number -> Integer,
        title -> Text,
        series -> Text,
        planned_at -> Timestamp,
        day_only -> Bool,
        standing -> Text,
        reason -> Text,
        actor -> Text,
        at -> Timestamp,
        position -> BigInt,
    }
}

diesel::table! {
    early_links (digest) {
        digest -> Text,
        edition_id -> BigInt,
        name -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    early_openings (id) {
        id -> BigInt,
        digest -> Text,
        what -> Text,
        at -> Timestamp,
    }
}

diesel::joinable!(deliveries -> webhooks (webhook_id));
diesel::allow_tables_to_appear_in_same_query!(boards, board_alarms, places);
diesel::allow_tables_to_appear_in_same_query!(observations, editions);
diesel::allow_tables_to_appear_in_same_query!(observations, revision_media);
diesel::allow_tables_to_appear_in_same_query!(data_indicators, editions);
diesel::allow_tables_to_appear_in_same_query!(data_indicators, revision_media);
