#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tallyport_fuzz::read(bytes));
