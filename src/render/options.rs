//! What a caller may choose of the output.

/// What becomes of links, images, tables and embeds in Markdown, HTML and JSON.
///
/// ```
/// use dehusk::render::RenderOptions;
/// let page = dehusk::extract("<p>See <a href='https://a.example/'>the guide</a> for all of it.");
/// let options = RenderOptions::new();
/// let linked = page.markdown_with(&options);
/// assert_eq!(linked, "See [the guide](https://a.example/) for all of it.\n");
/// let plain = page.markdown_with(&options.with_links(false));
/// assert_eq!(plain, "See the guide for all of it.\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct RenderOptions {
    pub(super) links: bool,
    pub(super) images: bool,
    pub(super) data_images: bool,
    pub(super) tables: bool,
    pub(super) embeds: bool,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { links: true, images: true, data_images: false, tables: true, embeds: true }
    }
}

impl RenderOptions {
    /// The default options: all but images that are written out in the page (`data:`).
    ///
    /// ```
    /// use dehusk::render::RenderOptions;
    /// assert_eq!(RenderOptions::new(), RenderOptions::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets whether links are kept, or only their text; `true` by default.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>See <a href='https://a.example/'>the guide</a> for all of it.");
    /// let html = |links| page.html_with(&RenderOptions::new().with_links(links));
    /// assert_eq!(html(true), "<p>See <a href=\"https://a.example/\">the guide</a> for all of it.</p>\n");
    /// assert_eq!(html(false), "<p>See the guide for all of it.</p>\n");
    /// ```
    #[must_use]
    pub fn with_links(mut self, keep: bool) -> Self {
        self.links = keep;
        self
    }

    /// Sets whether images are kept; `true` by default.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>The lock in winter, <img src=https://a.example/i.png alt=ice> and all.");
    /// let markdown = |images| page.markdown_with(&RenderOptions::new().with_images(images));
    /// assert_eq!(markdown(true), "The lock in winter, ![ice](https://a.example/i.png) and all.\n");
    /// assert_eq!(markdown(false), "The lock in winter, and all.\n");
    /// ```
    #[must_use]
    pub fn with_images(mut self, keep: bool) -> Self {
        self.images = keep;
        self
    }

    /// Sets whether images that are written out in the page (`data:image/…`) are kept too; `false`
    /// by default, since one may be larger than all the text.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let html = format!("<p>The lock <img alt=ice src='data:image/png;base64,{}'> in winter.", "A".repeat(500));
    /// let page = dehusk::extract(&html);
    /// let markdown = |keep| page.markdown_with(&RenderOptions::new().with_data_images(keep));
    /// assert_eq!(markdown(false), "The lock in winter.\n");
    /// assert!(markdown(true).starts_with("The lock ![ice](data:image/png;base64,AAAA"));
    /// ```
    #[must_use]
    pub fn with_data_images(mut self, keep: bool) -> Self {
        self.data_images = keep;
        self
    }

    /// Sets whether tables stay tables, or become a line of text for each row; `true` by default.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<table><tr><th>Lock<th>Rise<tr><td>First<td>2 m</table>");
    /// let markdown = |keep| page.markdown_with(&RenderOptions::new().with_tables(keep));
    /// assert_eq!(markdown(true), "| Lock | Rise |\n| --- | --- |\n| First | 2 m |\n");
    /// assert_eq!(markdown(false), "Lock \\| Rise\n\nFirst \\| 2 m\n");
    /// ```
    #[must_use]
    pub fn with_tables(mut self, keep: bool) -> Self {
        self.tables = keep;
        self
    }

    /// Sets whether frames, videos and sounds leave a link to themselves; `true` by default.
    ///
    /// ```
    /// # use dehusk::render::RenderOptions;
    /// let page = dehusk::extract("<p>Before the film.</p><iframe src=https://a.example/v title=Film></iframe><p>After the film.</p>");
    /// let markdown = |keep| page.markdown_with(&RenderOptions::new().with_embeds(keep));
    /// assert_eq!(markdown(true), "Before the film.\n\n[Film](https://a.example/v)\n\nAfter the film.\n");
    /// assert_eq!(markdown(false), "Before the film.\n\nAfter the film.\n");
    /// ```
    #[must_use]
    pub fn with_embeds(mut self, keep: bool) -> Self {
        self.embeds = keep;
        self
    }
}
