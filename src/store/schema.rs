//! The tables as diesel sees them, for both databases.

diesel::table! {
    log (position) {
        position -> BigInt,
        at -> Timestamp,
        actor -> Text,
        act -> Text,
        subject -> Text,
        facts -> Text,
        previous -> Text,
        digest -> Text,
    }
}

diesel::table! {
    settings (name) {
        name -> Text,
        text -> Text,
    }
}

diesel::table! {
    units (id) {
        id -> BigInt,
        code -> Text,
        valid_from -> Date,
        valid_until -> Nullable<Date>,
        name -> Text,
        rank -> Text,
        parent_id -> Nullable<BigInt>,
        label -> Text,
        sample -> Bool,
        folded -> Nullable<Text>,
    }
}

diesel::table! {
    unit_changes (id) {
        id -> BigInt,
        old_unit_id -> BigInt,
        new_unit_id -> Nullable<BigInt>,
        extent -> Text,
        effective -> Date,
    }
}

diesel::table! {
    media (digest) {
        digest -> Text,
        mime -> Text,
        bytes -> BigInt,
        width -> Integer,
        height -> Integer,
        renditions -> Text,
        recipe -> Integer,
    }
}

diesel::table! {
    media_names (name) {
        name -> Text,
        digest -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> BigInt,
        kind -> Text,
        slug -> Text,
        created_at -> Timestamp,
        first_slug -> Text,
        touched_at -> Timestamp,
        newest_number -> Integer,
        newest_id -> Nullable<BigInt>,
        state -> Text,
        unit_id -> Nullable<BigInt>,
        section -> Text,
        drafted_by -> Text,
        folded -> Nullable<Text>,
    }
}

diesel::table! {
    former_slugs (kind, slug) {
        kind -> Text,
        slug -> Text,
        document_id -> BigInt,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        document_id -> BigInt,
        made_at -> Timestamp,
        title -> Text,
        lead -> Text,
        facts -> Text,
        files -> Text,
        body -> Text,
        html -> Text,
        digest -> Text,
        source -> Text,
    }
}

diesel::table! {
    editions (id) {
        id -> BigInt,
        document_id -> BigInt,
        number -> Integer,
        revision_id -> BigInt,
        kind -> Text,
        unit_id -> Nullable<BigInt>,
        section -> Text,
        state -> Text,
        dated_at -> Timestamp,
        day_only -> Bool,
        month -> Integer,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        superseded_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
        withdrawn_reason -> Text,
        replaced_by -> Text,
        change_note -> Text,
        shown_from -> Timestamp,
        shown_until -> Timestamp,
        minor -> Bool,
        urgent -> Text,
        drafted_by -> Text,
        replaced_at -> Nullable<Timestamp>,
        priority -> Integer,
    }
}

diesel::table! {
    steps (id) {
        id -> BigInt,
        edition_id -> BigInt,
        revision_id -> BigInt,
        name -> Text,
        actor -> Text,
        at -> Timestamp,
        note -> Text,
        seal -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    presence (edition_id, person_id) {
        edition_id -> BigInt,
        person_id -> BigInt,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    held (person_id, address) {
        person_id -> BigInt,
        address -> Text,
        text -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    shares (digest) {
        digest -> Text,
        edition_id -> BigInt,
        made_by -> Text,
        ends_at -> Timestamp,
    }
}

diesel::table! {
    revision_media (revision_id, digest) {
        revision_id -> BigInt,
        digest -> Text,
    }
}

diesel::table! {
    revision_keys (name, value, revision_id) {
        name -> Text,
        value -> Text,
        revision_id -> BigInt,
    }
}

diesel::table! {
    views (document_id) {
        document_id -> BigInt,
        counted -> BigInt,
    }
}

diesel::table! {
    answers (document_id) {
        document_id -> BigInt,
        useful -> BigInt,
        not_useful -> BigInt,
    }
}

diesel::table! {
    persons (id) {
        id -> BigInt,
        login -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        totp_secret -> Nullable<Text>,
        totp_last_step -> Nullable<BigInt>,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    grants (id) {
        id -> BigInt,
        person_id -> BigInt,
        role -> Text,
        unit_id -> Nullable<BigInt>,
        granted_by -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        digest -> Text,
        person_id -> BigInt,
        stage -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        address -> Text,
        household -> Text,
        agent -> Text,
    }
}

diesel::table! {
    recovery_codes (person_id, digest) {
        person_id -> BigInt,
        digest -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    links (id) {
        id -> BigInt,
        digest -> Text,
        person_id -> Nullable<BigInt>,
        ends_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        maker_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    tokens (id) {
        id -> BigInt,
        digest -> Text,
        person_id -> BigInt,
        name -> Text,
        scope -> Text,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        ends_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    tries (key) {
        key -> Text,
        count -> Integer,
        last_at -> Timestamp,
        waits_until -> Timestamp,
    }
}

diesel::table! {
    places (id) {
        id -> BigInt,
        unit_id -> BigInt,
        slug -> Text,
        kind -> Text,
        name -> Text,
        location -> Text,
        keeper -> Text,
        phone -> Text,
        code -> Text,
        opened_on -> Date,
        closed_on -> Nullable<Date>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    placements (id) {
        id -> BigInt,
        place_id -> BigInt,
        document_id -> BigInt,
        number -> Integer,
        what -> Text,
        at -> Timestamp,
        received_at -> Timestamp,
        actor -> Text,
        name -> Text,
        way -> Text,
        photo -> Text,
        note -> Text,
        strikes -> Nullable<BigInt>,
        key -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    adoptions (id) {
        id -> BigInt,
        document_id -> BigInt,
        unit_id -> BigInt,
        act -> Text,
        text -> Text,
        actor -> Text,
        at -> Timestamp,
        position -> BigInt,
    }
}

diesel::table! {
    plans (id) {
        id -> BigInt,
        unit_id -> BigInt,
        year -> Integer,
        number -> Integer,
        items -> Text,
        note -> Text,
        actor -> Text,
        at -> Timestamp,
        position -> BigInt,
    }
}

diesel::joinable!(answers -> documents (document_id));
diesel::joinable!(editions -> documents (document_id));
diesel::joinable!(revisions -> documents (document_id));
diesel::joinable!(editions -> revisions (revision_id));
diesel::joinable!(revision_media -> revisions (revision_id));
diesel::joinable!(revision_keys -> revisions (revision_id));
diesel::joinable!(grants -> persons (person_id));
diesel::joinable!(sessions -> persons (person_id));
diesel::joinable!(tokens -> persons (person_id));
diesel::joinable!(media_names -> media (digest));
diesel::joinable!(placements -> places (place_id));
diesel::joinable!(places -> units (unit_id));
diesel::joinable!(steps -> editions (edition_id));
diesel::joinable!(steps -> revisions (revision_id));
diesel::joinable!(shares -> editions (edition_id));
diesel::allow_tables_to_appear_in_same_query!(
    adoptions,
    plans,
    documents,
    editions,
    revisions,
    revision_media,
    revision_keys,
    media,
    media_names,
    former_slugs,
    views,
    answers,
    units,
    steps,
    shares,
    log
);
diesel::allow_tables_to_appear_in_same_query!(persons, grants, sessions, tokens, recovery_codes, links);
diesel::allow_tables_to_appear_in_same_query!(places, placements, units);
diesel::allow_tables_to_appear_in_same_query!(placements, editions);
