#![no_main]

use tallyport_lake::Manifest;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match Manifest::parse(bytes) {
        Ok(manifest) => assert!(!manifest.files.is_empty()),
        Err(error) => assert!(error.to_string().len() < 64 << 10),
    }
});
