//! Every process gives the same bytes for the same pages: nothing hangs on an address in memory, on
//! the seed of a hash or on the clock. `DEHUSK_PROCESSES` sets how many are asked (12).

use std::path::Path;
use std::process::Command;

/// Says to a process that it is one of those asked.
const ASKED: &str = "DEHUSK_ASKED";

/// A digest (FNV-1a) of all answers to the shipped pages.
fn digest() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut digest = 0xcbf2_9ce4_8422_2325u64;
    for case in cases {
        let bytes = std::fs::read(case.join("page.html")).unwrap();
        let page = dehusk::Extractor::new().with_signals(3).extract_bytes(&bytes).unwrap();
        let all = format!("{page:?}{}{}{}", page.markdown(), page.html(), page.json());
        for byte in all.bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    digest
}

#[test]
fn every_process_gives_the_same_bytes() {
    let digest = format!("digest {:016x}", digest());
    if std::env::var_os(ASKED).is_some() {
        println!("{digest}");
        return;
    }
    let count = std::env::var("DEHUSK_PROCESSES").ok().and_then(|count| count.parse().ok());
    for _ in 0..count.unwrap_or(12usize) {
        let program = std::env::current_exe().unwrap();
        let asked = Command::new(program).arg("--nocapture").env(ASKED, "1").output().unwrap();
        let said = String::from_utf8_lossy(&asked.stdout);
        assert!(said.contains(&digest), "{digest} and not {said}");
    }
}
