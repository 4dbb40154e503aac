//! From a name's bytes to its place in a list, without regard to case.

/// No name hashes to this slot.
const EMPTY: u8 = u8::MAX;
/// A power of two, several times the names of any list, so that most unknown names meet an empty
/// slot at once.
const SLOTS: usize = 512;
/// The longest name that a list may have.
const LONGEST: usize = 16;

/// A name of up to sixteen bytes in lower case: its first eight and its last eight bytes, which
/// overlap, or its bytes and zeros.
#[derive(Clone, Copy)]
struct Key {
    len: usize,
    first: u64,
    last: u64,
}

/// An open-addressing table over a list of `N` names, fewer than 255, built by the compiler.
pub(super) struct Lookup<const N: usize> {
    slots: [u8; SLOTS],
    keys: [Key; N],
}

impl<const N: usize> Lookup<N> {
    pub(super) const fn new(names: &[&str; N]) -> Self {
        assert!(N < EMPTY as usize);
        let mut slots = [EMPTY; SLOTS];
        let mut keys = [Key { len: 0, first: 0, last: 0 }; N];
        let mut index = 0;
        while index < N {
            assert!(!names[index].is_empty() && names[index].len() <= LONGEST);
            let key = Key::new(names[index].as_bytes());
            let mut slot = key.slot();
            while slots[slot] != EMPTY {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = index as u8;
            keys[index] = key;
            index += 1;
        }
        Self { slots, keys }
    }

    /// The place of `name` in the list that the table was made from.
    #[inline]
    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        let key = Key::new(name);
        let mut slot = key.slot();
        loop {
            let index = usize::from(self.slots[slot]);
            let known = self.keys.get(index)?;
            if known.first == key.first && known.last == key.last && known.len == key.len {
                return Some(index);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

impl Key {
    /// The key of a name of one to sixteen bytes.
    #[inline]
    const fn new(name: &[u8]) -> Self {
        let len = name.len();
        let (first, last) = if let (Some(first), Some(last)) =
            (name.first_chunk::<8>(), name.last_chunk::<8>())
        {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (name.first_chunk::<4>(), name.last_chunk::<4>())
        {
            (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64)
        } else {
            // One to three bytes: the first, the middle and the last are all of them.
            let (first, middle, last) = (name[0], name[len / 2], name[len - 1]);
            (first as u64 | (middle as u64) << 8 | (last as u64) << 16, 0)
        };
        Self { len, first: to_lower(first), last: to_lower(last) }
    }

    #[inline]
    const fn slot(self) -> usize {
        // An odd constant that spreads the bits; the upper ones are the best mixed.
        let mixed = (self.first ^ self.last.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 52) as usize % SLOTS
    }
}

/// Turns each ASCII letter among eight bytes into lower case.
#[inline]
const fn to_lower(bytes: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = bytes & (EACH * 0x7f);
    // The top bit of each byte says: at least `A`, and beyond `Z`.
    let from_a = low + EACH * (0x80 - b'A' as u64);
    let beyond_z = low + EACH * (0x7f - b'Z' as u64);
    let upper = (from_a ^ beyond_z) & !bytes & (EACH * 0x80);
    bytes | upper >> 2
}

#[cfg(test)]
mod tests {
    use super::{Lookup, to_lower};

    #[test]
    fn finds_each_name_in_any_case_and_no_other() {
        const NAMES: [&str; 7] = ["a", "li", "h1", "div", "data-src", "xml:lang", "shadowrootmode"];
        let lookup = Lookup::new(&NAMES);
        for (index, name) in NAMES.iter().enumerate() {
            assert_eq!(lookup.find(name.as_bytes()), Some(index), "{name}");
            assert_eq!(lookup.find(name.to_ascii_uppercase().as_bytes()), Some(index));
            for unknown in [format!("{name}s"), format!("{name}\0"), name.replace('a', "\u{e4}")] {
                let known = NAMES.iter().position(|name| *name == unknown);
                assert_eq!(lookup.find(unknown.as_bytes()), known, "{unknown:?}");
            }
        }
        for unknown in ["", "b", "data_src", "a name that is far too long to be known"] {
            assert_eq!(lookup.find(unknown.as_bytes()), None);
        }
    }

    #[test]
    fn lower_case_is_ascii_s() {
        for byte in 0..=255u8 {
            let bytes = [byte, b'@', b'A', b'Z', b'[', byte, 0xff, byte];
            let expected = bytes.map(|byte| byte.to_ascii_lowercase());
            assert_eq!(to_lower(u64::from_le_bytes(bytes)).to_le_bytes(), expected);
        }
    }
}
