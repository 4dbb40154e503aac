//! `Serialize` where the stored form is not that of the fields (feature `serde`).

use crate::render::{Chunk, Words};
use crate::{Outcome, PageBlock};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

impl Serialize for Outcome {
    /// As its [`name`](Outcome::name).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Serialize for Words {
    /// As a map: `total`, and the words of each script that occurs by its name.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.by_script().count()))?;
        map.serialize_entry("total", &self.total())?;
        for (script, count) in self.by_script() {
            map.serialize_entry(script.name(), &count)?;
        }
        map.end()
    }
}

impl Serialize for Chunk {
    /// `headings`, `words` and the chunk's plain `text`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut chunk = serializer.serialize_struct("Chunk", 3)?;
        chunk.serialize_field("headings", self.headings())?;
        chunk.serialize_field("words", &self.words())?;
        chunk.serialize_field("text", &self.text())?;
        chunk.end()
    }
}

impl Serialize for PageBlock {
    /// What its methods tell, under their names.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut block = serializer.serialize_struct("PageBlock", 9)?;
        block.serialize_field("text", self.text())?;
        block.serialize_field("source_range", &self.source_range())?;
        block.serialize_field("path", &self.path())?;
        block.serialize_field("words", &self.words())?;
        block.serialize_field("link_density", &self.link_density())?;
        block.serialize_field("score", &self.score())?;
        block.serialize_field("kept", &self.kept())?;
        block.serialize_field("class", &self.class())?;
        block.serialize_field("signals", self.signals())?;
        block.end()
    }
}
