//! Extracts the pages of a folder on all cores: a line a page, in order of name.
//!
//! `cargo run --release --features parallel --example batch -- tests/pages`

use dehusk::{Extractor, Input};
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "tests/pages".to_string());
    let files = pages_below(Path::new(&folder))?;
    let extractor = Extractor::new();
    // Files are read as the batch draws them; one that cannot be read counts as empty.
    let pages = files.iter().map(|file| Input::from(std::fs::read(file).unwrap_or_default()));
    for (file, page) in files.iter().zip(extractor.extract_batch(pages)) {
        match page {
            Ok(page) => {
                let (words, title) = (page.words().total(), page.title().unwrap_or("(no title)"));
                println!("{words:6} words  {:.2}  {title}", page.confidence());
            }
            Err(error) => eprintln!("{}: {error}", file.display()),
        }
    }
    Ok(())
}

fn pages_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
