//! Whole files.

#![no_main]

#[path = "../../src/kit/sheet/mod.rs"]
#[allow(dead_code)]
mod sheet;
#[path = "../wrap.rs"]
#[allow(dead_code)]
mod wrap;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wrap::check(sheet::read(bytes, "so-lieu.xls")));
