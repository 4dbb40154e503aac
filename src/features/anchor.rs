//! How far each container is from an anchor: a container that the page seems to be about.

use crate::blocks::Container;

/// Where the way up from each container meets the way up from the anchor.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    meets: Vec<u32>,
    depth: u32,
}

impl Anchor {
    /// The meeting points of every container with `anchor`.
    pub fn new(containers: &[Container], anchor: u32) -> Self {
        let mut on_chain = vec![false; containers.len()];
        let mut at = anchor as usize;
        while !on_chain[at] {
            on_chain[at] = true;
            at = containers[at].parent as usize;
        }
        let mut meets: Vec<u32> = Vec::with_capacity(containers.len());
        for (index, container) in containers.iter().enumerate() {
            let meet =
                if on_chain[index] { index as u32 } else { meets[container.parent as usize] };
            meets.push(meet);
        }
        Self { meets, depth: containers[anchor as usize].depth }
    }

    /// The nearest container that holds both this one and the anchor.
    pub fn meet(&self, container: u32) -> u32 {
        self.meets[container as usize]
    }

    /// Levels up from the container, and from the anchor, to where they meet.
    pub fn levels(&self, containers: &[Container], container: u32) -> (u32, u32) {
        let meet = &containers[self.meet(container) as usize];
        (containers[container as usize].depth - meet.depth, self.depth - meet.depth)
    }
}
