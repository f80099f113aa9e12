//! What `Debug` shows of values that hold texts of feeds.

use std::fmt::{self, Write as _};
use std::io::BufReader;

use blackboard_sis::edu_diagnostics::Collector;
use blackboard_sis::edu_syntax::Decoded;
use blackboard_sis::{
    Delta, FeedFormat, FeedReader, FeedWriter, History, Object, Operation, Preview,
};

/// What is printed while something is looked into says nothing of people.
#[test]
fn debug_shows_no_text_of_a_feed() {
    const MARK: &str = "Marker";
    for &object in Object::ALL {
        let names: Vec<_> = object.fields().iter().map(|field| field.name).collect();
        let header = names.join("|") + "|local\n";
        let line = |number| {
            let cells = names.iter().map(|name| match *name {
                "row_status" => "enabled".to_owned(),
                _ => format!("{MARK}{number}"),
            });
            cells.chain([format!("{MARK}{number}")]).collect::<Vec<_>>().join("|") + "\n"
        };
        let earlier = header.clone() + &line(1) + &line(2);
        let later =
            header + &line(2).replace("|Marker2", "|Marker3") + &line(4).replace("4|", "4*|");
        let mut history = History::new();
        let reader = FeedReader::new().with_object(object);
        history.add_text(&reader, &Decoded::new(earlier.as_bytes()), &mut Collector::new());
        assert!(history.objects().any(|(_, records)| records > 0), "{object:?}");
        let preview =
            || Preview::new(Operation::Refresh, object, &history).with_data_source("Marker3");
        let (mut before, mut delta) = (preview(), Delta::new(preview()).expect("a delta"));
        let mut shown = String::new();
        let mut show = |value: &dyn fmt::Debug| {
            writeln!(shown, "{value:?}\n{value:#?}").expect("a text takes everything");
        };
        let (decoded, mut sink) = (Decoded::new(later.as_bytes()), Collector::new());
        let mut rows = reader.for_text(&decoded, &mut sink);
        while let Some(row) = rows.next() {
            show(&row);
            (0..names.len()).for_each(|column| show(&row.cell(column)));
            show(&row.to_record());
            show(&row.header());
            before.row(&row);
            delta.row(&row);
        }
        show(&rows);
        let mut sink = Collector::new();
        let mut rows = reader.for_reader(BufReader::new(later.as_bytes()), &mut sink);
        assert!(rows.next().expect("no failure").is_some());
        show(&rows);
        show(&history);
        show(&history.clone());
        show(&before);
        show(&delta);
        let (difference, outcome) = delta.finish();
        assert!(!difference.refused.is_empty() && outcome.rows() == 2, "{object:?}");
        assert!(outcome.affected().next().is_some(), "{object:?}");
        show(&difference);
        show(&difference.refused);
        show(&outcome);
        show(&outcome.sources());
        show(&outcome.moves());
        show(&outcome.total());
        show(&outcome.total().share());
        show(&outcome.affected().collect::<Vec<_>>());
        let mut writer = FeedWriter::new(object, &names, FeedFormat::new()).ok();
        show(&writer.as_mut().map(|writer| writer.row(names.iter().map(|_| MARK))));
        show(&writer);
        let at = shown.find(MARK).map(|at| &shown[at.saturating_sub(200)..at + 20]);
        assert_eq!(at, None, "{object:?}");
    }
}
