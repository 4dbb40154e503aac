//! The model file: little-endian, versioned, no larger than it need be.
//!
//! `DHSK`, format version `u16`, width of a feature row `u16`, then the lexicon (for names and
//! words each: count `u32`, scale `f32`, one signed byte a weight), then the number of forests
//! `u8` and each forest: base `f32`, trees `u16`, and for each tree its six splits (feature `u16`,
//! threshold `f32`) and its 64 leaves (`f32`).

use super::forest::{DEPTH, Forest, LEAVES, Split, Tree};
use crate::features::Lexicon;
use thiserror::Error;

const MAGIC: &[u8; 4] = b"DHSK";
const VERSION: u16 = 2;

/// Why a model file was refused.
///
/// ```
/// use dehusk::score::{Model, ModelError};
/// assert_eq!(Model::from_bytes(b"not one").unwrap_err(), ModelError::NotAModel);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file does not begin as a model file does.
    #[error("not a dehusk model file; train one with `dehusk-lab train`")]
    NotAModel,
    /// The file was made for another version of the library.
    #[error("model file of format {0}, this library reads format {VERSION}; train it again")]
    Version(u16),
    /// The file was trained on another set of features.
    #[error("model file for {found} features, this library has {expected}; train it again")]
    Width {
        /// The number of features that the file was trained on.
        found: usize,
        /// The number of features of this library.
        expected: usize,
    },
    /// The file ends too early or contradicts itself.
    #[error("model file cut short or damaged; copy it again")]
    Damaged,
}

/// The parts of a model file.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub width: usize,
    pub lexicon: Lexicon,
    pub forests: Vec<Forest>,
}

pub(super) fn write(parts: &Parts) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend((parts.width as u16).to_le_bytes());
    for weights in [&parts.lexicon.names, &parts.lexicon.words] {
        let scale = weights.iter().fold(0f32, |max, weight| max.max(weight.abs())) / 127.0;
        out.extend((weights.len() as u32).to_le_bytes());
        out.extend(scale.to_le_bytes());
        let byte = |weight: &f32| (weight / scale.max(f32::MIN_POSITIVE)).round() as i8 as u8;
        out.extend(weights.iter().map(byte));
    }
    out.push(parts.forests.len() as u8);
    for forest in &parts.forests {
        out.extend(forest.base().to_le_bytes());
        out.extend((forest.trees().len() as u16).to_le_bytes());
        for tree in forest.trees() {
            for split in &tree.splits {
                out.extend(split.feature.to_le_bytes());
                out.extend(split.threshold.to_le_bytes());
            }
            out.extend(tree.leaves.iter().flat_map(|leaf| leaf.to_le_bytes()));
        }
    }
    out
}

pub(super) fn read(bytes: &[u8]) -> Result<Parts, ModelError> {
    let mut rest = Reader(bytes);
    if rest.take(MAGIC.len()) != Ok(MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let version = rest.u16()?;
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let width = rest.u16()?.into();
    let lexicon = Lexicon { names: rest.weights()?, words: rest.weights()? };
    let mut forests = Vec::new();
    for _ in 0..rest.u8()? {
        let base = rest.f32()?;
        let trees = (0..rest.u16()?).map(|_| rest.tree()).collect::<Result<_, _>>()?;
        forests.push(Forest::new(base, trees));
    }
    if rest.0.is_empty() { Ok(Parts { width, lexicon, forests }) } else { Err(ModelError::Damaged) }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Result<&'b [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8, ModelError> {
        self.array().map(u8::from_le_bytes)
    }

    fn u16(&mut self) -> Result<u16, ModelError> {
        self.array().map(u16::from_le_bytes)
    }

    fn f32(&mut self) -> Result<f32, ModelError> {
        self.array().map(f32::from_le_bytes)
    }

    fn weights(&mut self) -> Result<Vec<f32>, ModelError> {
        let len = self.array().map(u32::from_le_bytes)? as usize;
        let scale = self.f32()?;
        let bytes = self.take(len)?;
        Ok(bytes.iter().map(|byte| f32::from(*byte as i8) * scale).collect())
    }

    fn tree(&mut self) -> Result<Tree, ModelError> {
        let mut splits = [Split::NEVER; DEPTH];
        for split in &mut splits {
            *split = Split::new(self.u16()?, self.f32()?);
        }
        let mut leaves = [0.0; LEAVES];
        for leaf in &mut leaves {
            *leaf = self.f32()?;
        }
        Ok(Tree::new(splits, leaves))
    }
}
