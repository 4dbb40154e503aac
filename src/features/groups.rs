//! Things of the same make, numbered: what is counted or summed up by make is then an array.

/// Which group each thing of a list belongs to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    of: Vec<u32>,
    sizes: Vec<u32>,
}

impl Groups {
    /// Puts those with the same key into one group.
    pub fn of_keys(keys: impl Iterator<Item = u32>) -> Self {
        // Key and index in one number: numbers are sorted faster than pairs.
        let numbers = keys.zip(0u32..).map(|(key, i)| u64::from(key) << 32 | u64::from(i));
        let mut order: Vec<u64> = numbers.collect();
        order.sort_unstable();
        let mut groups = Self { of: vec![0; order.len()], sizes: Vec::new() };
        for same in order.chunk_by(|a, b| a >> 32 == b >> 32) {
            for number in same {
                groups.of[*number as u32 as usize] = groups.sizes.len() as u32;
            }
            groups.sizes.push(same.len() as u32);
        }
        groups
    }

    /// Divides each group by something else that things may share, of each a number below `count`.
    pub fn divided(&self, by: &[u32], count: usize) -> Self {
        // Those of one number in a row: a counting sort.
        let mut ends = vec![0u32; count + 1];
        for number in by {
            ends[*number as usize + 1] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut order = vec![0u32; self.of.len()];
        for (i, number) in (0..).zip(by) {
            let end = &mut ends[*number as usize];
            order[*end as usize] = i;
            *end += 1;
        }
        let mut divided = Self { of: vec![0; self.of.len()], sizes: Vec::new() };
        // For each of the old groups, the number last met in it, and the new group of both.
        let mut last = vec![(u32::MAX, 0); self.sizes.len()];
        for i in order {
            let (number, group) = &mut last[self.of[i as usize] as usize];
            if *number != by[i as usize] {
                (*number, *group) = (by[i as usize], divided.sizes.len() as u32);
                divided.sizes.push(0);
            }
            divided.of[i as usize] = *group;
            divided.sizes[*group as usize] += 1;
        }
        divided
    }

    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The group of a thing, a number below [`Self::count`].
    pub fn of(&self, index: usize) -> u32 {
        self.of[index]
    }

    /// How many are in the group of a thing, itself included.
    pub fn size(&self, index: usize) -> u32 {
        self.sizes[self.of[index] as usize]
    }

    /// How many the largest group has.
    pub fn largest(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or(0)
    }

    /// For each thing, how many of its group stand before it.
    pub fn ranks(&self) -> impl Iterator<Item = u32> {
        let mut met = vec![0; self.sizes.len()];
        self.of.iter().map(move |group| {
            let met = &mut met[*group as usize];
            *met += 1;
            *met - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted_and_ranked() {
        let groups = Groups::of_keys([7, 9, 7, 7, 9].into_iter());
        assert_eq!((groups.count(), groups.largest()), (2, 3));
        assert_eq!((0..5).map(|i| groups.size(i)).collect::<Vec<_>>(), [3, 2, 3, 3, 2]);
        assert_eq!(groups.ranks().collect::<Vec<_>>(), [0, 0, 1, 2, 1]);
    }

    #[test]
    fn groups_are_divided() {
        let groups = Groups::of_keys([7, 9, 7, 7, 9].into_iter());
        let divided = groups.divided(&[0, 1, 1, 0, 1], 2);
        assert_eq!((0..5).map(|i| divided.size(i)).collect::<Vec<_>>(), [2, 2, 1, 2, 2]);
        assert_ne!(divided.of(0), divided.of(2));
    }
}
