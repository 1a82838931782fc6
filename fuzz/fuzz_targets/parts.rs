//! One part of a file, in an archive that is whole: what is changed at random hardly gets past the archive.

#![no_main]

#[path = "../../src/kit/sheet/mod.rs"]
#[allow(dead_code)]
mod sheet;
#[path = "../wrap.rs"]
#[allow(dead_code)]
mod wrap;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(file) = wrap::wrapped(bytes) {
        wrap::check(sheet::read(&file, "so-lieu.xls"));
    }
});
