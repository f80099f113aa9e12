//! The time that reading takes grows with the length, and no faster.

use std::time::{Duration, Instant};

use edu_diagnostics::Collector;
use edu_syntax::Decoded;
use edu_syntax::xml::Text;
use ims_enterprise::{ImsReader, recognise};

use crate::input::{NO_LIMITS, file, in_text, person, reader};

fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Whether a run with four times the length takes more than twice the time of four runs.
pub(crate) fn is_slow(short: impl Fn(), long: impl Fn()) -> bool {
    // Another program may take the processor from the longer run; five times is no accident.
    (0..5).all(|_| time(&long) > time(|| (0..4).for_each(|_| short())) * 2)
}

/// What an input is, a length, and what makes an input of that length.
type Growing = (&'static str, usize, fn(usize) -> String);

/// Names the inputs for which the time grows faster than the length.
fn slow(cases: &[Growing], run: fn(&str)) -> Vec<&'static str> {
    let is_slow = |(_, n, make): &&Growing| {
        let (short, long) = (make(*n), make(4 * n));
        is_slow(|| run(&short), || run(&long))
    };
    cases.iter().filter(is_slow).map(|(what, ..)| *what).collect()
}

#[test]
fn reading_takes_time_by_the_length() {
    let cases: [Growing; 25] = [
        ("bare & in a text", 2000, |n| in_text(&"& ".repeat(n))),
        ("bare & in records", 400, |n| file(&person("<userid>&</userid>").repeat(n))),
        ("bare & in an id", 2000, |n| file(&person("").replace("1</id>", &"& ".repeat(n)))),
        ("bare < in a text", 2000, |n| in_text(&"<".repeat(n))),
        ("unknown references", 2000, |n| in_text(&"&x;".repeat(n))),
        ("references", 10_000, |n| in_text(&"&amp;".repeat(n))),
        ("escaped twice", 10_000, |n| in_text(&"&amp;amp;".repeat(n))),
        ("stray end tags", 2000, |n| file(&person(&"</x>".repeat(n)))),
        ("sections", 4000, |n| in_text(&"<![CDATA[x]]>".repeat(n))),
        ("]]> in comments", 4000, |n| in_text(&"<!--]]>-->".repeat(n))),
        ("]]> in a text", 6000, |n| in_text(&"]]>".repeat(n))),
        ("comments", 10_000, |n| in_text(&"<!-- -->x".repeat(n))),
        ("control characters", 2000, |n| in_text(&"\u{1}x".repeat(n))),
        ("elements in a text", 4000, |n| in_text(&"<b>x</b>".repeat(n))),
        ("passwords in a text", 3000, |n| in_text(&"password=".repeat(n))),
        ("prefixes", 40, |n| {
            let prefix = |number| format!(" xmlns:p{number}='u'");
            let person = |tag| {
                let prefixes: String = (100 * tag..100 * tag + 100).map(prefix).collect();
                person(&format!("<userid{prefixes}/>"))
            };
            file(&(0..n).map(person).collect::<String>())
        }),
        ("persons that are not closed", 300, |n| file(&"<person><name>".repeat(n))),
        ("members", 400, |n| file(&format!("<membership>{}</membership>", "<member/>".repeat(n)))),
        ("the same person again", 200, |n| file(&person("").repeat(n))),
        ("members that are nobody", 200, |n| {
            let member = |id| format!("<member><sourcedid><id>{id}</id></sourcedid></member>");
            file(&format!("<membership>{}</membership>", (0..n).map(member).collect::<String>()))
        }),
        ("ids that change again and again", 200, |n| {
            let id =
                |kind, id| format!("<sourcedid sourcedidtype='{kind}'><id>{id}</id></sourcedid>");
            let person = |at| format!("<person>{}{}</person>", id("New", at + 1), id("Old", at));
            file(&(0..n).map(person).collect::<String>())
        }),
        ("roots", 600, |n| "<enterprise></enterprise>".repeat(n)),
        ("other elements around", 4000, |n| format!("{}{}", "<x></x>".repeat(n), file(""))),
        ("repeated items", 1000, |n| file(&person(&"<email/>".repeat(n)))),
        ("text between items", 1000, |n| file(&person(&"x<userid/>".repeat(n)))),
    ];
    let slow = slow(&cases, |text| {
        let decoded = Decoded::new(text.as_bytes());
        let mut found = Collector::new().with_limit(10);
        let mut records = ImsReader::new().with_limits(NO_LIMITS).for_text(&decoded, &mut found);
        assert!(records.all(|record| record.is_ok()));
    });
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn recognising_takes_time_by_the_length() {
    let cases: [Growing; 6] = [
        ("bare < in an attribute", 8000, |n| format!("<x a='{}'/>", "<".repeat(n))),
        ("bare < in an open attribute", 8000, |n| format!("<x a='{}", "<".repeat(n))),
        ("bare & in an attribute", 8000, |n| format!("<x a='{}'/>", "&".repeat(n))),
        ("tags that are not closed", 8000, |n| "<x ".repeat(n)),
        ("stray end tags", 8000, |n| "</x>".repeat(n)),
        ("document types", 8000, |n| "<!DOCTYPE x ['>'<!-- > -->]>".repeat(n)),
    ];
    let slow = slow(&cases, |text| assert_eq!(recognise(text), None));
    assert!(slow.is_empty(), "{slow:?}");
}

#[test]
fn the_value_of_a_text_takes_time_by_its_length() {
    let run = |text: Text<'_>| assert_eq!(text.value().len(), text.raw().len());
    let [short, long] =
        [16_000, 64_000].map(|n| file(&person("").replace("Eva Maier", &"<".repeat(n))));
    let [short, long] = [&short, &long].map(|text| Decoded::from(text.as_str()));
    let [short, long] = [&short, &long].map(|decoded| {
        let mut found = Collector::new().with_limit(10);
        let document = reader().with_limits(NO_LIMITS).document(decoded, &mut found).unwrap();
        document.persons[0].name.as_ref().unwrap().full.unwrap()
    });
    assert!(!is_slow(|| run(short), || run(long)));
}
