//! Feeds that refer to each other, in an order in which that works.

use std::collections::{BTreeSet, HashMap};

use blackboard_sis::Object;

use crate::formats::Feed;

/// The order in which feeds are to be read, by their numbers: what others refer to comes first, as far as kinds and
/// the beginnings of files tell. The others stay as they are, and so do those that refer to each other in a circle.
pub(crate) fn order(feeds: &[&Feed]) -> Vec<usize> {
    let mut owners: HashMap<(Option<_>, &str), usize> = HashMap::new();
    for (number, feed) in feeds.iter().enumerate() {
        for key in &feed.keys {
            owners.entry((feed.object, key)).or_insert(number);
        }
    }
    let mut waits_for: Vec<BTreeSet<usize>> = feeds
        .iter()
        .map(|feed| {
            let refs = feed.refers_to.iter().filter(|key| !feed.keys.contains(*key));
            refs.filter_map(|key| owners.get(&(feed.object, key.as_str())).copied()).collect()
        })
        .collect();
    let mut left: Vec<usize> = (0..feeds.len()).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = left.iter().position(|&number| waits_for[number].is_empty());
        let next = left.remove(free.unwrap_or_default());
        for waits in &mut waits_for {
            waits.remove(&next);
        }
        ordered.push(next);
    }
    // What is not known to be about anything comes last.
    ordered.sort_by_key(|&number| feeds[number].object.map_or(u8::MAX, Object::loading_step));
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSES: &str = "external_course_key|course_id|course_name|template_course_key\n";

    fn ordered(feeds: &[&str]) -> Vec<usize> {
        let feeds: Vec<Feed> = feeds.iter().map(|text| Feed::of(text.as_bytes(), None)).collect();
        order(&feeds.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        let person = "external_person_key|user_id|lastname\np|u|l\n";
        let member = "external_course_key|external_person_key|role\na|p|S\n";
        let [uses, template, other, circle] = ["a|a|A|t\n", "t|t|T|\n", "b|b|B|x\n", "t|t|T|a\n"]
            .map(|row| format!("{COURSES}{row}"));
        let (uses, template, other, circle) = (&*uses, &*template, &*other, &*circle);
        assert_eq!(ordered(&[member, uses, person]), [2, 1, 0]);
        assert_eq!(ordered(&[person, person, "ORG,eva,S\n", person]), [0, 1, 3, 2]);
        assert_eq!(ordered(&[uses, template]), [1, 0]);
        assert_eq!(ordered(&[uses, other, template, person]), [3, 1, 2, 0]);
        assert_eq!(ordered(&[template, other, uses]), [0, 1, 2]);
        assert_eq!(ordered(&[uses, circle]), [0, 1]);
    }
}
