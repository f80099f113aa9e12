//! Rules about the days of courses and terms.

use edu_diagnostics::Diagnostic;

use crate::fields::{course, term};
use crate::object::Object;
use crate::row::{Cell, Row};
use crate::rules::table as rules;
use crate::value::{self, Duration};

/// Where a kind has its duration, its first and last day, and its days of use.
type Places = [usize; 4];

const COURSE: Places = [
    course::At::duration as usize,
    course::At::start_date as usize,
    course::At::end_date as usize,
    course::At::days_of_use as usize,
];
const TERM: Places = [
    term::At::duration as usize,
    term::At::start_date as usize,
    term::At::end_date as usize,
    term::At::days_of_use as usize,
];

/// Checks the periods of a course, an organization or a term; rows of other kinds have none.
pub(super) fn check(row: &Row<'_>, out: &mut Vec<Diagnostic>) {
    let places = match row.object() {
        Object::Course | Object::Organization => {
            let [start, end] = [course::At::enroll_start, course::At::enroll_end];
            check_order(row, start.into(), end.into(), out);
            COURSE
        }
        Object::Term => TERM,
        _ => return,
    };
    let [_, start, end, _] = places;
    check_order(row, start, end, out);
    check_duration(row, places, out);
}

/// A period must not end before it begins.
fn check_order(row: &Row<'_>, start: usize, end: usize, out: &mut Vec<Diagnostic>) {
    let [first, last] = [start, end].map(|place| row.at(place).and_then(Cell::filled));
    let (Some(first), Some(last)) = (first, last) else { return };
    let days = [first, last].map(|cell| value::date(cell.raw()));
    if let [Some(from), Some(to)] = days
        && to < from
    {
        let name = |place: usize| row.object().fields().get(place).map_or("", |field| field.name);
        let finding = Diagnostic::new(&rules::END_BEFORE_START).at(last.span());
        out.push(finding.word("end", name(end)).word("start", name(start)));
    }
}

/// Dates go with a range, days with a fixed number of days.
fn check_duration(row: &Row<'_>, places: Places, out: &mut Vec<Diagnostic>) {
    let [duration, start, end, days] = places.map(|place| row.at(place).and_then(Cell::filled));
    let given = duration.and_then(|cell| Duration::parse(cell.raw()));
    if duration.is_some() && given.is_none() {
        // That it says nothing known is the finding.
        return;
    }
    let mut report = |cell: Cell<'_>, what: String| {
        out.push(Diagnostic::new(&rules::DURATION_DOES_NOT_FIT).at(cell.span()).word("what", what));
    };
    // Feeds of terms have words.
    let written = match row.object() {
        Object::Term => Duration::word,
        _ => Duration::letter,
    };
    let [range, fixed] = [Duration::Range, Duration::Fixed].map(written);
    let instead = || match given {
        Some(given) => format!("the duration is `{}`", written(given)),
        None => "there is no duration".to_owned(),
    };
    match (start.or(end), duration) {
        (Some(date), _) if given != Some(Duration::Range) => {
            let why =
                format!("there are dates, which count with `{range}` only, and {}", instead());
            report(date, why);
        }
        (None, Some(cell)) if given == Some(Duration::Range) => {
            report(cell, format!("the duration is `{range}`, and there is no date"));
        }
        _ => {}
    }
    match (days, duration) {
        (Some(days), _) if given != Some(Duration::Fixed) => {
            let why = format!(
                "there are days of use, which count with `{fixed}` only, and {}",
                instead()
            );
            report(days, why);
        }
        (None, Some(cell)) if given == Some(Duration::Fixed) => {
            report(cell, format!("the duration is `{fixed}`, and there are no days of use"));
        }
        _ => {}
    }
}
#[cfg(test)]
mod tests {
    use crate::rules::row::tests::{found, sentences};

    #[test]
    fn durations_go_with_what_they_need() {
        for (values, expected) in [
            ("C|||", vec![]),
            ("R|20260901|20261218|", vec![]),
            ("r|20260901||", vec![]),
            ("D|||90", vec![]),
            ("|||", vec![]),
            ("R|||", vec!["BB-V11"]),
            ("R|||90", vec!["BB-V11", "BB-V11"]),
            ("|20260901|20261218|", vec!["BB-V11"]),
            ("C||20261218|", vec!["BB-V11"]),
            ("D|||", vec!["BB-V11"]),
            ("|||90", vec!["BB-V11"]),
            ("D|20260901||90", vec!["BB-V11"]),
            ("X|20260901||90", vec!["BB-V03"]),
            ("R|20261218|20260901|", vec!["BB-V10"]),
            ("R|20260901|20260901|", vec![]),
            ("R|20261301|20260901|", vec!["BB-V04"]),
        ] {
            let course = "external_course_key|course_id|course_name|duration|start_date|end_date|\
                          days_of_use\na|a|A|";
            let term = "external_term_key|name|duration|start_date|end_date|days_of_use\na|A|";
            for head in [course, term] {
                assert_eq!(found(&format!("{head}{values}\n")), expected, "{values}");
            }
        }
    }

    #[test]
    fn durations_are_named_as_the_feed_has_them() {
        let course =
            "external_course_key|course_id|course_name|duration|start_date|days_of_use\na|a|A|";
        let term = "external_term_key|name|duration|start_date|days_of_use\na|A|";
        for (head, values, expected) in [
            (
                course,
                "continuous|20260901|",
                "there are dates, which count with `R` only, and the duration is `C`",
            ),
            (
                term,
                "Continuous|20260901|",
                "there are dates, which count with `Range` only, and the duration is `Continuous`",
            ),
            (
                term,
                "C||90",
                "there are days of use, which count with `Fixed` only, and the duration is `Continuous`",
            ),
            (course, "R||", "the duration is `R`, and there is no date"),
            (term, "R||", "the duration is `Range`, and there is no date"),
            (course, "D||", "the duration is `D`, and there are no days of use"),
            (term, "D||", "the duration is `Fixed`, and there are no days of use"),
        ] {
            let sentences = sentences(&format!("{head}{values}\n"));
            let sentences: Vec<_> = sentences.iter().map(|(_, _, text)| text.as_str()).collect();
            assert_eq!(sentences, [expected]);
        }
    }

    #[test]
    fn courses_may_last_as_long_as_their_term() {
        let head = "external_course_key|course_id|course_name|duration|end_date|days_of_use\n";
        for (values, expected) in
            [("T||", vec![]), ("term|20261218|", vec!["BB-V11"]), ("T||90", vec!["BB-V11"])]
        {
            assert_eq!(found(&format!("{head}a|a|A|{values}\n")), expected, "{values}");
        }
    }

    #[test]
    fn without_a_column_a_duration_is_empty() {
        let head = "external_course_key|course_id|course_name|";
        let dates = format!("{head}start_date|end_date\na|a|A|20260901|20261218\n");
        assert_eq!(found(&dates), ["BB-V11"]);
        let enrolment = format!("{head}enroll_start|enroll_end\na|a|A|20261218|20260901\n");
        assert_eq!(found(&enrolment), ["BB-V10"]);
    }
}
