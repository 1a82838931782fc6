# Signed bulletins of the units, and the keys that sign them.
keys-bad-given = BANGTIN_SIGNING_KEY is no Ed25519 key (PEM, or 32 bytes in base64).
keys-bad-file = { $path } does not hold the key of that name. Copy it again from a backup.
keys-open-to-others = Others on this machine can read the key { $path }. Run: chmod 600 { $path }
keys-none = The portal has no signing key yet. Run “bangtin serve” once to make it.
keys-lost = The signing key in force is not on this machine, so bulletins cannot be signed. Copy the folder “keys” from a backup, or set BANGTIN_SIGNING_KEY; if it is lost for good, run “bangtin keys replace” and give the new key to those who follow.
keys-unknown-given = The key in BANGTIN_SIGNING_KEY ({ $id }) is not this portal’s. To change to it, run “bangtin keys rotate --with FILE” while the old one is still set.
keys-rotate-given = The key in force comes from BANGTIN_SIGNING_KEY. Make a new one in a file, run “bangtin keys rotate --with FILE”, then set the variable to the new key.
keys-known-already = The key { $id } is already on the portal’s list.
keys-unknown = There is no key called “{ $id }”. Run “bangtin keys list” to see the right name.
keys-revoke-in-force = The key { $id } is in force. Run “bangtin keys rotate” first, then revoke it.
keys-revoked-already = The key { $id } was revoked before.
keys-rotated = From now on { $id } signs. Followers see it by themselves, because the old key vouches for the new one.
keys-replaced = From now on { $id } signs. No key vouches for it: give it to those who follow by hand: { $public }
keys-revoked = The key { $id } is revoked. Followers who hear of it take nothing that it signed any more.
keys-series = A new series has begun. Followers take its bulletins though their numbers are lower than before.
keys-in-force = in force
keys-until = until { $at }
keys-is-revoked = revoked { $at }: { $reason }
keys-not-here = its private key is not on this machine
keys-needs-reason = Revoking a key needs a reason: --reason "…"
verify-changed-key = The signing key { $id } is not as the log tells it.
verify-lost-key = The signing key { $id } that the log tells of is missing.
bulletins-too-many = At most { $most } units.
bulletins-twice = The unit { $code } is named twice.
cli-keys = See, rotate or revoke the keys that sign bulletins
cli-keys-list = Print the keys: in force, former and revoked
cli-keys-rotate = Change to a new key, for which the old one vouches
cli-keys-replace = Make a new key where the old one is lost; followers must be given it by hand
cli-keys-revoke = Revoke a key that was stolen
cli-keys-series = Begin a new series, after a restore from a backup
cli-keys-id = The key’s name, 16 digits
cli-keys-reason = The reason, which is public
cli-keys-with = A PEM file with the new key, made elsewhere
# Following other portals.
edition-followed = This text is another portal’s and stands here as it does there. It cannot be changed; if your unit does not hang it, choose “Do not hang” under what came to it.
follow-stopped-reason = This portal follows the sender no more.
follow-gone-reason = The sender took this text down.
follow-changed-note = The sender changed it.
follow-unknown-unit = No unit bears the code “{ $code }” today, on whose board it could hang. Look at the list of units, or add --in CODE.
follow-where = Say on which unit’s board it hangs: add --in CODE (site.toml names no “unit”).
follow-bad-address = “{ $address }” is no portal’s address. A right one: https://province.example.vn
follow-bad-key = What follows --key is no Ed25519 key in base64.
follow-needs-key = A line over http vouches for no key. Use https, or have the key given to you by hand and add --key KEY.
follow-refused = The bulletin of { $portal } could not be taken: { follow-why }
follow-why = { $why ->
    [no-answer] no answer
    [cut] the answer was cut off
    [bad-signature] the signature does not hold
    [unknown-key] signed by a key that nobody vouches for
    [revoked-key] signed by a revoked key
    [wrong-unit] another unit’s bulletin
    [replayed] an old bulletin, replayed
    [from-the-future] issued in the future; look at the clock
    [bad-digest] the content is not what its digest says
   *[other] not understood; there is no such bulletin, or one of the two programs needs renewing
}
follow-none = This portal follows no other.
follow-none-such = Unit { $unit } of { $portal } is not followed. Run “bangtin follow --list” to see what is.
follow-stopped = Unit { $unit } of { $portal } is followed no more, and what came from there is taken down.
follow-never = never
follow-pinned = Following { $portal }. Pinned key: { $key }
follow-same = Nothing new.
follow-taken = { $came } new, { $changed } changed, { $gone } taken down, { $left } left out, of units that are not on the list.
cli-follow = Follow the bulletin of another portal and hang it here
cli-follow-url = The other portal’s address, such as https://province.example.vn
cli-follow-unit = The code of the unit whose bulletin it is
cli-follow-in = The code of the unit here on whose board it hangs; by default the portal’s own
cli-follow-key = The other portal’s key, given by hand
cli-follow-stop = Follow no more, and take down what came
cli-follow-list = Print what is followed
posting-source = Word for word from the portal
posting-source-why = The sender’s signature was checked; corrections and withdrawals there show here too.
board-silent = Nothing was heard from the portal { $name } since { $at }. What came from there may be old.
board-silent-never = Nothing was ever heard from the portal { $name }.
protocol-about = How to read, verify and mirror the bulletin of a unit: for boards, apps and other portals.
protocol-schemas = JSON schemas
log-act-followed = Began to follow another portal
log-act-unfollowed = Followed another portal no more
log-act-series-begun = Began a new series of bulletins
log-act-key-made = Made a key that signs bulletins
log-act-key-retired = Replaced a key that signs bulletins
log-act-key-revoked = Revoked a key that signs bulletins
log-actor-follow = Following another portal
log-actor-system = The program
