//! The quick-check program: what it prints and with which code it ends.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--release", "--quiet", "--example", "dehusk", "--"]).args(arguments);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

#[test]
fn prints_the_text_of_a_page() {
    let output = run(&["tests/pages/german/page.html"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().len() > 500);
}

#[test]
fn prints_one_json_object_or_a_table_of_reasons() {
    let json = String::from_utf8(run(&["--format", "json", "tests/pages/arabic/page.html"]).stdout)
        .unwrap();
    assert!(json.starts_with("{\"title\":\"") && json.ends_with("\"}\n"));
    let table =
        String::from_utf8(run(&["--explain", "tests/pages/wiki/page.html"]).stdout).unwrap();
    assert!(table.contains("\nkeep") && table.contains("\ndrop"));
}

#[test]
fn each_kind_of_trouble_has_its_code() {
    let folder = std::env::temp_dir().join(format!("dehusk-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_string()
    };
    assert_eq!(code(&[&file("empty.html", b"")]), Some(1));
    assert_eq!(code(&[&file("picture.html", b"\x89PNG\r\n\x1a\n\0\0")]), Some(1));
    assert_eq!(code(&[&file("notes.txt", b"Just a few words.")]), Some(0));
    assert_eq!(code(&["--format", "xml", "-"]), Some(2));
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["no-such-file.html"]), Some(3));
    let directory = run(&["tests/pages"]);
    assert_eq!(directory.status.code(), Some(3));
    assert!(String::from_utf8(directory.stderr).unwrap().contains("is a directory"));
    std::fs::remove_dir_all(folder).unwrap();
}
