//! Groups, which are courses to Moodle (reference, section 6.5).

use std::borrow::Cow;

use edu_diagnostics::{Diagnostic, Span};

use super::context::{Context, id, recstatus, trim, trimmed};
use super::settings::{CourseField, is_set};
use super::state::CategorySearch;
use super::{State, Step, Word};
use crate::model::Group;
use crate::rules;

/// What the group's description gives, without blanks around it.
struct Names<'t> {
    short: Word<'t>,
    long: Word<'t>,
    full: Word<'t>,
}

/// Decides what becomes of a course.
pub(super) fn group<S: State>(context: &mut Context<'_, S>, group: &Group<'_>) {
    let at = group.element.name_span();
    // A code of 0 is none to PHP.
    let is_code = |id: &Word<'_>| is_set(id) || context.is_fixed();
    let Some(whole) = id(&group.sourcedids).filter(is_code) else {
        return context.skip(at, "group", "", "", "the group has no id");
    };
    let code = Cow::Borrowed(trim(cut(&whole, context.settings.truncatecoursecodes)));
    if code.len() < whole.len() {
        let finding = Diagnostic::new(&rules::COURSE_CODE_CUT).data("found", &whole);
        context.note(at, finding.data("code", &code));
    }
    let status = recstatus(group.recstatus, context.is_fixed());
    let names = names(group);
    let Some(course) = context.state.course(&code) else {
        return create(context, at, group, &code, &names, status);
    };
    match status {
        2 => update(context, at, course, code, names),
        3 => {
            let (_, _, is_visible) = context.state.course_names(course);
            if is_visible {
                context.act(
                    at,
                    Step::HideCourse { course: code },
                    "recstatus 3: courses are never deleted",
                );
            }
        }
        // Known, and nothing to be done.
        _ => {}
    }
}

/// The first bytes of a course code. A character that the cut goes through is left out.
pub(super) fn cut(code: &str, bytes: u64) -> &str {
    let most = usize::try_from(bytes).unwrap_or(usize::MAX);
    if bytes == 0 || code.len() <= most {
        return code;
    }
    let end = (0..=most).rev().find(|&end| code.is_char_boundary(end));
    &code[..end.unwrap_or_default()]
}

fn names<'t>(group: &Group<'t>) -> Names<'t> {
    let description = group.description.as_ref();
    let name = |text: Option<&edu_syntax::xml::Text<'t>>| text.map(trimmed).unwrap_or_default();
    Names {
        short: name(description.and_then(|description| description.short.as_ref())),
        long: name(description.and_then(|description| description.long.as_ref())),
        full: name(description.and_then(|description| description.full.as_ref())),
    }
}

fn create<S: State>(
    context: &mut Context<'_, S>,
    at: Span,
    group: &Group<'_>,
    code: &str,
    names: &Names<'_>,
    status: u8,
) {
    if !context.settings.createnewcourses {
        let reason = "no course has this code, and createnewcourses is off";
        return context.skip(at, "group", code, "", reason);
    }
    if matches!(status, 2 | 3) {
        if context.is_fixed() {
            let reason = "to be updated or deleted, but no course has this code";
            return context.skip(at, "group", code, "", reason);
        }
        let finding = Diagnostic::new(&rules::CREATED_BY_UPDATE).data("found", code);
        context.note(at, finding.count("recstatus", u64::from(status)));
    }
    let category = category(context, at, group);
    let field = |source| match source {
        CourseField::Ignore => Cow::Borrowed(""),
        CourseField::CourseCode => Cow::Borrowed(code),
        CourseField::Short => given(&names.short, code),
        CourseField::Long => given(&names.long, code),
        CourseField::Full => given(&names.full, code),
    };
    let step = Step::CreateCourse {
        course: Cow::Borrowed(code),
        shortname: field(context.settings.imscoursemapshortname),
        fullname: field(context.settings.imscoursemapfullname),
        summary: field(context.settings.imscoursemapsummary),
        category,
    };
    context.act(at, step, "unknown, createnewcourses is on");
}

/// The name, or the course code where there is none.
fn given<'a>(name: &'a str, code: &'a str) -> Word<'a> {
    Cow::Borrowed(if is_set(name) { name } else { code })
}

fn update<S: State>(
    context: &mut Context<'_, S>,
    at: Span,
    course: S::Course,
    code: Word<'_>,
    names: Names<'_>,
) {
    if !context.settings.updatecourses {
        let reason = "to be updated, but updatecourses is off";
        return context.skip(at, "group", &code, "", reason);
    }
    let (shortname, fullname, _) = context.state.course_names(course);
    let changed =
        |new: Word<'_>, old: &str| Some(new.into_owned()).filter(|new| is_set(new) && new != old);
    let (shortname, fullname) = (changed(names.short, shortname), changed(names.full, fullname));
    if shortname.is_some() || fullname.is_some() {
        let step = Step::UpdateCourse {
            course: code,
            shortname: shortname.map(Cow::Owned),
            fullname: fullname.map(Cow::Owned),
        };
        context.act(at, step, "recstatus 2, updatecourses is on");
    }
}

/// The path of the category of a new course; categories on the way may be created.
fn category<S: State>(context: &mut Context<'_, S>, at: Span, group: &Group<'_>) -> Vec<String> {
    let default = |context: &Context<'_, S>| {
        context.state.default_category().map(|found| context.state.category_path(found))
    };
    let mut path = Vec::new();
    let mut last: Option<S::Category> = None;
    let units = group.org.iter().flat_map(|org| &org.orgunits);
    for unit in units {
        let unit = trimmed(unit);
        let Some((name, idnumber)) = named(&unit, context) else {
            return default(context).unwrap_or_default();
        };
        let search = CategorySearch {
            name,
            idnumber,
            parent: context.settings.nestedcategories.then_some(last),
        };
        if let Some(found) = context.state.category(search) {
            path = context.state.category_path(found);
            last = Some(found);
            continue;
        }
        if !context.settings.createnewcategories {
            let reason =
                "no such category, and createnewcategories is off: the default category is taken";
            context.skip(at, "category", &unit, "", reason);
            return default(context).unwrap_or_default();
        }
        path.push(name.to_owned());
        let step = Step::CreateCategory {
            path: path.clone(),
            idnumber: Cow::Borrowed(idnumber.unwrap_or_default()),
        };
        context.act(at, step, "unknown, createnewcategories is on; new categories are hidden");
        // It is the one that the same search finds from now on.
        last = context.state.category(CategorySearch { parent: Some(last), ..search });
    }
    if last.is_none() { default(context).unwrap_or_default() } else { path }
}

/// Name and id number that an `orgunit` gives; `None` where it does not give what it should.
fn named<'u, S: State>(
    unit: &'u str,
    context: &Context<'_, S>,
) -> Option<(&'u str, Option<&'u str>)> {
    if !context.settings.categoryidnumber {
        return Some((unit, None)).filter(|(name, _)| is_set(name));
    }
    // The first character of the separator is escaped; a longer one is part of a regular expression.
    let separator = trim(&context.settings.categoryseparator);
    let mut parts = unit.split(separator).filter(|part| !part.is_empty());
    Some((parts.next()?, Some(parts.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_cut_by_bytes() {
        for (code, bytes, cut_to) in [
            ("CHEM-301", 0, "CHEM-301"),
            ("CHEM-301", 4, "CHEM"),
            ("é1", 1, ""),
            ("é1", 2, "é"),
            ("a", 9, "a"),
        ] {
            assert_eq!(cut(code, bytes), cut_to);
        }
    }
}
