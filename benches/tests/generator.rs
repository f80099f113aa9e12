//! What the generator promises about its files.

use std::collections::HashSet;
use std::io;

use benches::contenders::CONTENDERS;
use benches::counts::Counts;
use benches::generate::{Generated, Shape, generate};
use benches::measure::agreed_counts;
use roxmltree::{Document, Node};

fn file(shape: Shape, seed: u64) -> (String, Generated<Counts>) {
    let mut out = Vec::new();
    let generated = generate(&mut out, shape, seed).expect("memory takes everything");
    (String::from_utf8(out).expect("the file is UTF-8"), generated)
}

fn campus(bytes: u64) -> (String, Generated<Counts>) {
    file(Shape::Campus { bytes }, 1)
}

fn elements<'a>(document: &'a Document<'a>, name: &str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.has_tag_name(name))
}

/// The `id` in the element's own `sourcedid`.
fn id<'a>(node: Node<'a, 'a>) -> &'a str {
    let mut path = ["sourcedid", "id"].into_iter();
    path.try_fold(node, |node, name| node.children().find(|child| child.has_tag_name(name)))
        .and_then(|id| id.text())
        .expect("the record has an id")
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut seen = HashSet::new();
    for value in values {
        assert!(seen.insert(value), "{value} comes twice");
    }
    seen
}

#[test]
fn a_seed_gives_the_same_file_and_another_seed_another() {
    let shape = Shape::Campus { bytes: 200_000 };
    assert_eq!(file(shape, 7), file(shape, 7));
    assert_ne!(file(shape, 7).0, file(shape, 8).0);
}

#[test]
fn the_size_is_near_the_request() {
    for bytes in [300_000, 1_000_000, 5_000_000] {
        for seed in 0..8 {
            let (text, generated) = file(Shape::Campus { bytes }, seed);
            assert_eq!(text.len() as u64, generated.file_bytes);
            assert!(text.len() as u64 * 20 > bytes * 19, "{} for {bytes}", text.len());
            assert!((text.len() as u64) * 20 < bytes * 21, "{} for {bytes}", text.len());
        }
    }
}

#[test]
fn memberships_make_two_fifths() {
    let (text, _) = campus(3_000_000);
    let start = text.find("  <membership>").expect("there are memberships");
    let percent = (text.len() - start) * 100 / text.len();
    assert!((38..=42).contains(&percent), "{percent} %");
}

#[test]
fn the_counts_are_those_that_every_reader_finds() {
    for bytes in [0, 60_000, 1_000_000] {
        let (text, generated) = campus(bytes);
        assert_eq!(agreed_counts(CONTENDERS, &text).expect("it parses"), generated.counts);
    }
}

#[test]
fn members_are_persons_and_memberships_are_groups() {
    let (text, _) = campus(1_000_000);
    let document = Document::parse(&text).expect("it parses");
    let persons = distinct(elements(&document, "person").map(id));
    let groups = distinct(elements(&document, "group").map(id));
    let memberships = distinct(elements(&document, "membership").map(id));
    assert!(memberships.is_subset(&groups));
    assert!(elements(&document, "relationship").all(|parent| groups.contains(id(parent))));
    for membership in elements(&document, "membership") {
        let members = membership.children().filter(|node| node.has_tag_name("member"));
        let members = distinct(members.map(id));
        assert!(members.is_subset(&persons));
        assert!((20..=200).contains(&members.len()), "{} members", members.len());
    }
}

#[test]
fn user_names_are_unique_and_members_carry_theirs() {
    let (text, _) = campus(1_000_000);
    let document = Document::parse(&text).expect("it parses");
    let userids = |parent: &str| {
        let parent = parent.to_owned();
        elements(&document, "userid")
            .filter(move |node| node.parent().is_some_and(|node| node.has_tag_name(&*parent)))
            .filter_map(|node| node.text())
    };
    let of_persons = distinct(userids("person"));
    assert!(userids("role").all(|name| of_persons.contains(name)));
}

#[test]
fn texts_keep_the_lengths_of_the_model() {
    let limits = [
        (32, &["source", "type", "tel", "pcode", "label", "subrole"][..]),
        (60, &["short"]),
        (64, &["locality", "region", "country"]),
        (128, &["street", "extadd"]),
        (256, &["datasource", "target", "id", "userid", "fn", "family", "given", "email", "long"]),
        (256, &["scheme", "typevalue", "orgname", "orgunit"]),
        (2048, &["full"]),
    ];
    let (text, _) = campus(1_000_000);
    let document = Document::parse(&text).expect("it parses");
    for (limit, names) in limits {
        for name in names {
            for node in elements(&document, name) {
                let length = node.text().unwrap_or_default().chars().count();
                assert!((1..=limit).contains(&length), "{name} has {length} characters");
            }
        }
    }
}

#[test]
fn who_is_deleted_is_inactive_and_nobody_else() {
    let (text, _) = campus(1_000_000);
    let document = Document::parse(&text).expect("it parses");
    for role in elements(&document, "role") {
        let status = role.children().find(|node| node.has_tag_name("status"));
        let inactive = status.and_then(|node| node.text()) == Some("0");
        assert_eq!(role.attribute("recstatus") == Some("3"), inactive);
    }
}

#[test]
fn one_membership_has_exactly_the_members_asked_for() {
    for members in [1, 2, 1_000] {
        let (text, generated) = file(Shape::OneMembership { members }, 1);
        let counts = Counts { person: members, group: 1, membership: 1, member: members };
        assert_eq!(generated.counts, counts);
        assert_eq!(agreed_counts(CONTENDERS, &text).expect("it parses"), counts);
        let document = Document::parse(&text).expect("it parses");
        let persons = distinct(elements(&document, "person").map(id));
        assert_eq!(distinct(elements(&document, "member").map(id)), persons);
    }
}

#[test]
fn a_full_disk_is_an_error() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let result = generate(Full, Shape::Campus { bytes: 1 }, 1);
    assert_eq!(result.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
}
