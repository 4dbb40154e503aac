//! Pages from files.

use std::io::Read;
use std::path::{Path, PathBuf};

/// The files below a folder, in the order of their names, that are pages.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = path.to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".html") || name.ends_with(".html.gz") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// A page as UTF-8; other bytes become replacement characters.
pub fn read(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    let mut page = Vec::new();
    match path.extension().is_some_and(|extension| extension == "gz") {
        true => {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut page).ok()?;
        }
        false => page = bytes,
    }
    Some(String::from_utf8_lossy(&page).into_owned())
}

/// The shipped pages, and those of the corpus where it is present.
pub fn all() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = files(&root.join("tests/pages"));
    let corpus = std::env::var_os("DEHUSK_CORPUS").map(PathBuf::from);
    all.extend(files(&corpus.unwrap_or(root.join("../shared/corpus"))));
    all
}
