//! Many pages on all cores (feature `parallel`).

use crate::{Error, Extractor, Page};
use rayon::prelude::*;
use std::borrow::Cow;
use std::vec;

/// A page of a batch, with what is known of it alone.
///
/// ```
/// use dehusk::Input;
/// let page = Input::from("<p>Tea").with_url("https://example.org/tea").with_content_type("text/html");
/// assert_eq!(page.bytes(), b"<p>Tea");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input<'b> {
    bytes: Cow<'b, [u8]>,
    url: Option<String>,
    content_type: Option<String>,
}

impl Input<'_> {
    /// Sets the page's address, in place of the extractor's.
    ///
    /// ```
    /// use dehusk::{Extractor, Input};
    /// let input = Input::from("<p>Read <a href=more>more of it</a> there.").with_url("https://a.example/");
    /// let extractor = Extractor::new();
    /// let page = extractor.extract_batch([input]).next().unwrap()?;
    /// assert_eq!(page.markdown(), "Read [more of it](https://a.example/more) there.\n");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the `Content-Type` that came with the page, in place of the extractor's.
    ///
    /// ```
    /// use dehusk::{Extractor, Input};
    /// let input = Input::from(&b"<p>Caf\xe9 and cake."[..]).with_content_type("text/html; charset=latin1");
    /// let extractor = Extractor::new();
    /// let page = extractor.extract_batch([input]).next().unwrap()?;
    /// assert_eq!(page.text(), "Caf\u{e9} and cake.");
    /// # Ok::<(), dehusk::Error>(())
    /// ```
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The page as it came.
    ///
    /// ```
    /// assert_eq!(dehusk::Input::from("<p>Tea").bytes(), b"<p>Tea");
    /// ```
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<'b> From<&'b [u8]> for Input<'b> {
    fn from(bytes: &'b [u8]) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }
}

impl<'b> From<&'b Vec<u8>> for Input<'b> {
    fn from(bytes: &'b Vec<u8>) -> Self {
        bytes.as_slice().into()
    }
}

impl<'b> From<&'b str> for Input<'b> {
    fn from(text: &'b str) -> Self {
        text.as_bytes().into()
    }
}

impl From<Vec<u8>> for Input<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }
}

impl From<String> for Input<'_> {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// How many pages a thread has in flight: enough that the last of them do not leave the other
/// threads without work for long.
const PAGES_A_THREAD: usize = 64;
/// How many bytes of pages a thread has in flight, if they are large.
const BYTES_A_THREAD: usize = 8 << 20;

impl Extractor {
    /// Extracts many pages on all cores; the answers come in the order of the pages.
    ///
    /// Pages are drawn from the iterator as they are needed, at most 64 a thread at a time and
    /// hardly more than 8 MiB a thread, so memory does not grow with the length of the batch. The
    /// answers are those of [`Self::extract_bytes`], whatever the number of threads. The threads
    /// are those of rayon's current pool: inside `ThreadPool::install`, of that pool.
    ///
    /// ```
    /// use dehusk::{Extractor, Input};
    /// let pages = (1..=3).map(|day| format!("<p>On day {day} the ferry did not run."));
    /// let extractor = Extractor::new();
    /// let texts: Vec<String> =
    ///     extractor.extract_batch(pages).map(|page| page.unwrap().text().to_string()).collect();
    /// assert_eq!(texts[2], "On day 3 the ferry did not run.");
    /// // With an address for each page:
    /// let pages = [Input::from("<p>Tea").with_url("https://example.org/tea")];
    /// assert_eq!(extractor.extract_batch(pages).count(), 1);
    /// ```
    pub fn extract_batch<'b, I>(&self, pages: I) -> impl Iterator<Item = Result<Page, Error>>
    where
        I: IntoIterator<Item: Into<Input<'b>>>,
    {
        Batch {
            extractor: self,
            pages: pages.into_iter().map(Into::into),
            done: Vec::new().into_iter(),
        }
    }

    fn extract_input(&self, input: &Input<'_>) -> Result<Page, Error> {
        if input.url.is_none() && input.content_type.is_none() {
            return self.extract_bytes(&input.bytes);
        }
        let mut extractor = self.clone();
        if let Some(url) = &input.url {
            extractor = extractor.with_url(url);
        }
        if let Some(content_type) = &input.content_type {
            extractor = extractor.with_content_type(content_type);
        }
        extractor.extract_bytes(&input.bytes)
    }
}

/// Draws pages, extracts them together, and hands them out one by one.
struct Batch<'e, I> {
    extractor: &'e Extractor,
    pages: I,
    done: vec::IntoIter<Result<Page, Error>>,
}

impl<'b, I: Iterator<Item = Input<'b>>> Batch<'_, I> {
    /// As many pages as may be in flight.
    fn draw(&mut self) -> Vec<Input<'b>> {
        let threads = rayon::current_num_threads();
        let (mut drawn, mut bytes) = (Vec::new(), 0);
        while drawn.len() < threads * PAGES_A_THREAD && bytes < threads * BYTES_A_THREAD {
            let Some(page) = self.pages.next() else { break };
            bytes += page.bytes.len();
            drawn.push(page);
        }
        drawn
    }
}

impl<'b, I: Iterator<Item = Input<'b>>> Iterator for Batch<'_, I> {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done.len() == 0 {
            let pages = self.draw();
            let extract = |page: &Input<'_>| self.extractor.extract_input(page);
            let done: Vec<_> = pages.par_iter().with_max_len(1).map(extract).collect();
            self.done = done.into_iter();
        }
        self.done.next()
    }
}
