//! A batch gives what its pages give one by one, in their order, on any number of threads.

use dehusk::{Error, Extractor, Input, Limits};
use rayon::ThreadPoolBuilder;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The shipped pages, some times over, in an order that mixes long and short ones.
fn pages() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut cases: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let pages: Vec<_> =
        cases.iter().map(|case| std::fs::read(case.join("page.html")).unwrap()).collect();
    pages.iter().cycle().take(pages.len() * 6).cloned().collect()
}

#[test]
fn one_two_and_eight_threads_give_the_same_bytes_in_the_same_order() {
    let pages = pages();
    let extractor = Extractor::new();
    let alone: Vec<String> =
        pages.iter().map(|page| format!("{:?}", extractor.extract_bytes(page).unwrap())).collect();
    for threads in [1, 2, 8] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut count = 0;
            for (page, alone) in extractor.extract_batch(&pages).zip(&alone) {
                assert_eq!(&format!("{:?}", page.unwrap()), alone, "{threads} threads");
                count += 1;
            }
            assert_eq!(count, pages.len());
        });
    }
}

#[test]
fn a_page_that_is_refused_does_not_stop_the_others() {
    let limits = Limits::default().with_max_input_bytes(Some(100));
    let pages = ["<p>The ferry runs.".to_string(), "<p>Too long. ".repeat(50), "<p>Again.".into()];
    let answers: Vec<_> = Extractor::new()
        .with_limits(limits)
        .extract_batch(pages)
        .map(|page| page.map(|page| page.text().to_string()))
        .collect();
    let refused = Err(Error::InputTooLarge { bytes: 650, limit: 100 });
    assert_eq!(answers, [Ok("The ferry runs.".to_string()), refused, Ok("Again.".to_string())]);
}

#[test]
fn each_page_may_have_its_own_address_and_encoding() {
    let html = "<p>See <a href='lock'>the lock</a> and the old mill beside it.";
    let cyrillic = b"<p>\xf0\xd2\xc9\xd7\xc5\xd4";
    let pages = [
        Input::from(html).with_url("https://one.example/a/"),
        Input::from(html).with_url("https://two.example/b/"),
        Input::from(&cyrillic[..]).with_content_type("text/html; charset=koi8-r"),
    ];
    let answers: Vec<_> =
        Extractor::new().extract_batch(pages).map(|page| page.unwrap().markdown()).collect();
    assert!(answers[0].contains("https://one.example/a/lock"), "{}", answers[0]);
    assert!(answers[1].contains("https://two.example/b/lock"), "{}", answers[1]);
    assert_eq!(answers[2], "Привет\n");
}

#[test]
fn only_so_many_pages_are_drawn_ahead() {
    let pool = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let drawn = AtomicUsize::new(0);
    let count = |_| drawn.fetch_add(1, Ordering::Relaxed);
    let first_of = |page: &str| {
        drawn.store(0, Ordering::Relaxed);
        let extractor = Extractor::new();
        let pages = (0..100_000).inspect(|number| _ = count(*number)).map(|_| page);
        pool.install(|| extractor.extract_batch(pages).next().is_some_and(|page| page.is_ok()))
    };
    assert!(first_of("<p>Tea"));
    assert_eq!(drawn.load(Ordering::Relaxed), 2 * 64);
    assert!(first_of(&"<p>Tea, and more tea. ".repeat(150_000)));
    assert!(drawn.load(Ordering::Relaxed) <= 6, "pages of three megabytes each");
}

#[test]
fn an_empty_batch_has_no_answers() {
    assert_eq!(Extractor::new().extract_batch(Vec::<Vec<u8>>::new()).count(), 0);
}
