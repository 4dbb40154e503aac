//! The attributes of start tags: which are kept, and which the tree builder must see.

use super::super::names::{FORMATTING, Name, WATCHED, tag_text};
use super::super::node::{AttrEntry, AttrRange, NodeId, TextRange};
use super::super::sink::attrs_to_text;
use super::super::tags::{Attr, Tag};
use super::Parser;
use crate::tokenizer::decode_attribute;
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// The start tag that is being read.
#[derive(Default)]
pub(super) struct OpenTag {
    pub(super) name: Option<Name>,
    /// Where its attributes start.
    pub(super) attrs: usize,
    /// Which attributes it has, a bit each.
    pub(super) seen: u64,
    /// An attribute that the tree builder reads.
    pub(super) watched: Option<(LocalName, StrTendril)>,
    /// For formatting elements: all attributes as written, known or not.
    pub(super) written: Vec<(Range<usize>, Range<usize>)>,
}

const _: () = assert!((Attr::Other as usize) < u64::BITS as usize);

impl Parser<'_> {
    /// Keeps an attribute of the tag that is being read, if anyone reads it.
    #[inline]
    pub(super) fn add_attribute(&mut self, name: Range<usize>, value: Range<usize>, coded: bool) {
        let attr = Attr::find(&self.source.as_bytes()[name.clone()]);
        let bit = attr.map_or(0, bit);
        let is_first = self.tag.seen & bit == 0;
        if let Some(tag) = self.tag.name.filter(|tag| tag.is(FORMATTING | WATCHED)) {
            if is_compared(tag) {
                self.tag.written.push((name.clone(), value.clone()));
            }
            if is_first && tag.is(WATCHED) {
                self.watch(tag.tag(), name, attr, value.clone());
            }
        }
        let Some(attr) = attr.filter(|_| is_first) else { return };
        self.tag.seen |= bit;
        let value = match coded {
            true => self.decode_value(value),
            false => TextRange::of(value),
        };
        self.attrs.push(AttrEntry { name: attr, value });
    }

    /// The attributes of the open tag's token.
    ///
    /// The element gets its attributes when the tree builder has made it, so that most tokens need
    /// none. Those of formatting elements carry their place for the copies that may be made.
    pub(super) fn token_attrs(&mut self, name: Name, own: AttrRange) -> Vec<Attribute> {
        let mut attrs = Vec::new();
        if name.is(FORMATTING | WATCHED) {
            attrs.reserve_exact(1);
            let compared = !self.tag.written.is_empty() && is_compared(name);
            if compared || own.len > 0 && name.is(FORMATTING) {
                let place = if compared { self.attrs_like(own) } else { own };
                attrs.push(attribute(local_name!(""), attrs_to_text(place)));
            }
            let watched = self.tag.watched.take();
            attrs.extend(watched.map(|(name, value)| attribute(name, value)));
        }
        attrs
    }

    /// The same place for the same attributes: the tree builder compares formatting elements by
    /// them, unknown ones included.
    fn attrs_like(&mut self, own: AttrRange) -> AttrRange {
        let (source, written) = (self.source, &mut self.tag.written);
        let name = |range: &Range<usize>| tag_text(&source[range.clone()]);
        // The first of each name counts: the sort is stable.
        written.sort_by_cached_key(|(range, _)| name(range));
        written.dedup_by_key(|(range, _)| name(range));
        let mut hasher = DefaultHasher::new();
        let mut decoded = String::new();
        for (range, value) in written {
            name(range).hash(&mut hasher);
            let value = &source[value.clone()];
            decoded.clear();
            let changed = decode_attribute(value, &mut decoded);
            if changed { decoded.as_str() } else { value }.hash(&mut hasher);
        }
        // Where there is nothing to keep, the place only has to be one of its own.
        let place = match own.len {
            0 => AttrRange { start: self.alike.len() as u32, len: 0 },
            _ => own,
        };
        *self.alike.entry(hasher.finish()).or_insert(place)
    }

    fn decode_value(&mut self, value: Range<usize>) -> TextRange {
        let start = self.side.len();
        match decode_attribute(&self.source[value.clone()], &mut self.side) {
            true => self.side_range(start),
            false => TextRange::of(value),
        }
    }

    /// Notes an attribute that the tree builder reads.
    fn watch(&mut self, tag: Tag, name: Range<usize>, attr: Option<Attr>, value: Range<usize>) {
        let raw_name = &self.source[name];
        let found = match (tag, attr) {
            (Tag::Input, Some(Attr::Type)) => Some(local_name!("type")),
            (Tag::Other, Some(Attr::Encoding)) => Some(local_name!("encoding")),
            (Tag::Font, _) => ["color", "face", "size"]
                .iter()
                .any(|name| raw_name.eq_ignore_ascii_case(name))
                .then_some(local_name!("color")),
            _ => None,
        };
        if let Some(name) = found {
            let raw = &self.source[value];
            let mut decoded = String::new();
            let changed = decode_attribute(raw, &mut decoded);
            let value = StrTendril::from_slice(if changed { &decoded } else { raw });
            // Of a font only that it has the attribute matters; its value is among the others.
            let value = if tag == Tag::Font { StrTendril::new() } else { value };
            self.tag.watched = Some((name, value));
        }
    }

    /// Gives an element the attributes of a tag that it does not have yet.
    pub(super) fn add_attrs(&mut self, id: NodeId, late: AttrRange) {
        let mut arena = self.builder.sink.arena.borrow_mut();
        let old = arena.node(id).attr_range();
        let has = self.attrs[old.range()].iter().fold(0, |has, entry| has | bit(entry.name));
        let is_new = |entry: &AttrEntry| has & bit(entry.name) == 0;
        if !self.attrs[late.range()].iter().any(is_new) {
            return;
        }
        let start = self.attrs.len();
        self.attrs.extend_from_within(old.range());
        for index in late.range() {
            let entry = self.attrs[index];
            if is_new(&entry) {
                self.attrs.push(entry);
            }
        }
        let len = (self.attrs.len() - start) as u8;
        arena.node_mut(id).set_attr_range(AttrRange { start: start as u32, len });
    }
}

fn bit(attr: Attr) -> u64 {
    1 << attr as u32
}

/// Whether the tree builder compares the attributes of elements with this name: of formatting
/// elements it remembers at most three that are alike. There is at most one `<a>` anyway.
fn is_compared(name: Name) -> bool {
    name.is(FORMATTING) && name.tag() != Tag::A
}

fn attribute(local: LocalName, value: StrTendril) -> Attribute {
    Attribute { name: QualName::new(None, ns!(), local), value }
}
