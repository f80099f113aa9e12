//! Memberships (reference, section 6.6).

use std::borrow::Cow;

use chrono::NaiveTime;
use edu_diagnostics::{Diagnostic, Span};

use super::context::{Context, filled, id, recstatus, trim, trimmed};
use super::group::cut;
use super::settings::UnenrolAction;
use super::{State, Step};
use crate::codes::{Coded, Flag, IdType, RecStatus, Status};
use crate::model::{Bound, Member, Membership, Role};
use crate::profiles::moodle::cohort;
use crate::rules;

/// The membership that has begun.
pub(super) struct Current<C> {
    pub(super) code: String,
    course: Option<C>,
}

/// Looks up the course of a membership.
pub(super) fn begin<S: State>(
    context: &mut Context<'_, S>,
    membership: &Membership<'_>,
) -> Current<S::Course> {
    let at = membership.element.name_span();
    let id =
        membership.sourcedid.as_ref().and_then(|sourcedid| id(std::slice::from_ref(sourcedid)));
    let id = id.unwrap_or_default();
    let code = cut(&id, context.settings.truncatecoursecodes);
    // Moodle leaves a blank at the end here, and not in the group.
    let code = if context.is_fixed() { trim(code) } else { code }.to_owned();
    let course = context.state.course(&code);
    if course.is_none() {
        if !code.is_empty() {
            context.note(at, Diagnostic::new(&rules::UNKNOWN_COURSE).data("found", &code));
        }
        context.skip(
            at,
            "membership",
            &code,
            "",
            "no course has this code: all members are left out",
        );
    }
    Current { code, course }
}

/// What the file wants of a member.
struct Wanted<'a, C, U> {
    at: Span,
    id: &'a str,
    code: &'a str,
    course: C,
    user: U,
    role: &'a str,
}

/// Decides what becomes of a member.
pub(super) fn member<S: State>(
    context: &mut Context<'_, S>,
    current: &Current<S::Course>,
    member: &Member<'_>,
) {
    let Some(course) = current.course else { return };
    let (at, code) = (member.element.name_span(), current.code.as_str());
    let id = member.sourcedid.as_ref().and_then(|sourcedid| id(std::slice::from_ref(sourcedid)));
    let Some(id) = id else {
        return context.skip(at, "member", "", code, "the member has no id");
    };
    let is_group = member.idtype() == Some(IdType::Group);
    if is_group && context.is_fixed() {
        return context.skip(at, "member", &id, code, "the member is a group");
    }
    let Some(user) = context.state.user_by_idnumber(&id) else {
        context.note(
            at,
            Diagnostic::new(&rules::UNKNOWN_PERSON).data("found", &id).data("course", code),
        );
        return context.skip(at, "member", &id, code, "no user has this id number");
    };
    if is_group {
        let finding = Diagnostic::new(&rules::GROUP_AS_PERSON).data("found", &id);
        context.note(at, finding.data("course", code));
    }
    let Some(role) = member.roles.first() else {
        return context.skip(at, "member", &id, code, "the member has no role");
    };
    if member.roles.len() > 1 {
        context.skip(at, "member", &id, code, "of several roles only the first counts");
    }
    let Some(name) = role_name(context, at, role) else {
        let roletype = roletype(context, role).unwrap_or_default();
        let reason = format!("the role `{roletype}` is mapped to none (imsrolemap)");
        return context.skip(at, "member", &id, code, reason);
    };
    let wanted = Wanted { at, id: &id, code, course, user, role: name };
    match is_active(context, &wanted, role) {
        Some(true) => enrol(context, &wanted, role),
        Some(false) => unenrol(context, &wanted),
        None => context.skip(at, "member", &id, code, "the status is missing, or neither 0 nor 1"),
    }
}

/// The `roletype` as Moodle reads it.
fn roletype<'t, S: State>(context: &Context<'_, S>, role: &Role<'t>) -> Option<Cow<'t, str>> {
    let as_element = || role.roletype_element.as_ref().filter(|_| context.settings.imscapitafix);
    let text = role.roletype_attribute.as_ref().or_else(as_element)?;
    Some(trimmed(text))
}

/// The Moodle role. A spelling that Moodle does not know is reported, and counts where it is mended.
fn role_name<'c, S: State>(
    context: &mut Context<'c, S>,
    at: Span,
    role: &Role<'_>,
) -> Option<&'c str> {
    let settings = context.settings;
    let known = roletype(context, role).and_then(|name| settings.role(&name));
    if known.is_some() {
        return known;
    }
    let meant = role.roletype()?;
    let name = settings.role_of(&meant.code())?;
    let finding = Diagnostic::new(&rules::ROLE_SPELLING).data("found", meant.trimmed());
    context.note(at, finding.word("role", meant.code().as_str().to_owned()));
    context.is_fixed().then_some(name)
}

/// Whether the member is to be enrolled; `None` where that cannot be told, and Moodle's way is mended.
fn is_active<S: State, U: Copy>(
    context: &mut Context<'_, S>,
    wanted: &Wanted<'_, S::Course, U>,
    role: &Role<'_>,
) -> Option<bool> {
    let status = filled(role.status.as_deref());
    let is_deleted = recstatus(role.recstatus, false) == 3;
    let by_moodle = !is_deleted && status.as_deref().is_some_and(|text| integer(text) == 1);
    let meant = match role.status.as_ref().map(Coded::code) {
        Some(Status::Active) => Some(true),
        Some(Status::Inactive) => Some(false),
        _ if by_moodle => Some(true),
        _ => None,
    };
    let is_deleted =
        is_deleted || role.recstatus.is_some_and(|code| code.code() == RecStatus::Delete);
    let meant = if is_deleted { Some(false) } else { meant };
    if !by_moodle && meant != Some(false) {
        let finding = Diagnostic::new(&rules::UNENROLLED_BY_STATUS).data("id", wanted.id);
        let problem = if status.is_none() { "is missing" } else { "is not `1`" };
        context.note(wanted.at, finding.data("course", wanted.code).word("problem", problem));
    }
    if context.is_fixed() { meant } else { Some(by_moodle) }
}

/// The number that PHP sees at the start of a text.
fn integer(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (-1, &text[1..]),
        Some(b'+') => (1, &text[1..]),
        _ => (1, text),
    };
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    sign * digits[..len].parse::<i64>().unwrap_or_default()
}

fn enrol<S: State>(
    context: &mut Context<'_, S>,
    wanted: &Wanted<'_, S::Course, S::User>,
    role: &Role<'_>,
) {
    let Wanted { at, id, code, course, user, role: name } = *wanted;
    let timeframe = role.timeframe.as_ref();
    let timestart = seconds(timeframe.and_then(|timeframe| timeframe.begin.as_ref()));
    let timeend = seconds(timeframe.and_then(|timeframe| timeframe.end.as_ref()));
    let (of_course, idnumber, role_word) =
        (Cow::Borrowed(code), Cow::Borrowed(id), Cow::Borrowed(name));
    if !context.state.has_instance(course) {
        let step = Step::AddInstance { course: of_course.clone() };
        context.act(at, step, "the first enrolment by the plug-in in this course");
    }
    if let Some(before) = context.state.enrolment(course, user) {
        if (before.timestart, before.timeend) != (timestart, timeend) {
            let (course, idnumber) = (of_course.clone(), idnumber.clone());
            let step = Step::RefreshDates { course, idnumber, timestart, timeend };
            context.act(at, step, "status 1: enrolled already, with other dates");
        }
        if before.suspended {
            if context.is_fixed() {
                let step =
                    Step::Reactivate { course: of_course.clone(), idnumber: idnumber.clone() };
                context.act(at, step, "status 1: the enrolment was suspended");
            } else {
                let finding = Diagnostic::new(&rules::STAYS_SUSPENDED).data("id", id);
                context.note(at, finding.data("course", code));
                context.skip(at, "member", id, code, "status 1, but the enrolment stays suspended");
            }
        }
        let has_role = context.state.has_role(course, user, name);
        if !has_role {
            let (course, idnumber, role) = (of_course.clone(), idnumber.clone(), role_word.clone());
            context.act(
                at,
                Step::AddRole { course, idnumber, role },
                "status 1: enrolled already, without this role",
            );
        }
        if before.roles > usize::from(has_role) {
            if context.is_fixed() {
                let (course, idnumber, role) = (of_course, idnumber, role_word);
                context.act(
                    at,
                    Step::ReplaceRoles { course, idnumber, role },
                    "the file gives one role",
                );
            } else {
                let finding = Diagnostic::new(&rules::OLDER_ROLE_STAYS).data("id", id);
                context.note(at, finding.data("course", code).data("role", name));
            }
        }
    } else {
        let (course, idnumber, role) = (of_course, idnumber, role_word);
        context.act(at, Step::Enrol { course, idnumber, role, timestart, timeend }, "status 1");
    }
    if let Some(group) = cohort(role).as_ref().and_then(|text| filled(Some(text))) {
        join(context, wanted, &group);
    }
}

/// Puts a member into the group that `extension/cohort` names.
fn join<S: State>(
    context: &mut Context<'_, S>,
    wanted: &Wanted<'_, S::Course, S::User>,
    group: &str,
) {
    let Wanted { at, id, code, course, user, .. } = *wanted;
    if group.is_empty() || context.state.is_in_group(course, group, user) {
        return;
    }
    if let Some(other) = context.state.group_of(course, user).map(str::to_owned) {
        if context.is_fixed() {
            let reason = format!("in the group `{other}` of this course already: it is left so");
            return context.skip(at, "member", id, code, reason);
        }
        let finding = Diagnostic::new(&rules::SECOND_GROUP).data("id", id).data("found", group);
        context.note(at, finding.data("before", &other));
    }
    if !context.state.has_group(course, group) {
        let step = Step::CreateGroup { course: code.into(), group: group.into() };
        context.act(at, step, "cohort: the course has no such group");
    }
    let step = Step::AddToGroup { course: code.into(), group: group.into(), idnumber: id.into() };
    context.act(at, step, "cohort");
}

fn unenrol<S: State>(context: &mut Context<'_, S>, wanted: &Wanted<'_, S::Course, S::User>) {
    let Wanted { at, id, code, course, user, .. } = *wanted;
    if !context.settings.imsunenrol {
        let reason = "no enrolment, or its end, but imsunenrol is off";
        return context.skip(at, "member", id, code, reason);
    }
    let Some(before) = context.state.enrolment(course, user) else {
        // Not enrolled, as the file wants it.
        return;
    };
    let (course, idnumber) = (Cow::Borrowed(code), Cow::Borrowed(id));
    let reason = "status 0 or recstatus 3, imsunenrol is on";
    match context.settings.unenrolaction {
        UnenrolAction::Keep => {
            let reason = "the enrolment is to be ended, but unenrolaction is 1: it is kept";
            context.skip(at, "member", id, code, reason);
        }
        UnenrolAction::Unenrol => context.act(at, Step::Unenrol { course, idnumber }, reason),
        action @ (UnenrolAction::Suspend | UnenrolAction::SuspendNoRoles) => {
            if !before.suspended {
                let (course, idnumber) = (course.clone(), idnumber.clone());
                context.act(at, Step::Suspend { course, idnumber }, reason);
            }
            if action == UnenrolAction::SuspendNoRoles && before.roles > 0 {
                context.act(at, Step::RemoveRoles { course, idnumber }, reason);
            }
        }
    }
}

/// The midnight of a date that limits, in seconds since 1970; 0 where there is none, or no such day.
fn seconds(bound: Option<&Bound<'_>>) -> i64 {
    let limits = bound.filter(|bound| bound.restrict.is_some_and(|flag| flag.code() == Flag::Yes));
    let date = limits.and_then(|bound| bound.text.parse_lenient().ok());
    date.map_or(0, |(moment, _)| moment.date().and_time(NaiveTime::MIN).and_utc().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_php_reads_them() {
        for (text, number) in [
            ("1", 1),
            (" 01 ", 1),
            ("1.9", 1),
            ("1a", 1),
            ("Active", 0),
            ("", 0),
            ("-1", -1),
            ("+1", 1),
        ] {
            assert_eq!(integer(text), number, "{text}");
        }
    }
}
