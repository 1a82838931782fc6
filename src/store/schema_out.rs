//! Tables of what goes out and of what is followed.

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
