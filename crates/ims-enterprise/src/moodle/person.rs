//! Persons (reference, section 6.4).

use std::borrow::Cow;

use edu_diagnostics::{Diagnostic, Span};

use super::context::{Context, filled, id, recstatus, trimmed};
use super::{State, Step, UserFields, Word};
use crate::model::Person;
use crate::rules;

/// What a person record says.
struct Wanted<'t> {
    at: Span,
    id: Option<Cow<'t, str>>,
    fields: UserFields<'t>,
}

impl Wanted<'_> {
    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }
}

/// Decides what becomes of a person.
pub(super) fn person<S: State>(context: &mut Context<'_, S>, person: &Person<'_>) {
    let wanted = wanted(context, person);
    match recstatus(person.recstatus, context.is_fixed()) {
        3 => delete(context, &wanted),
        2 => update(context, wanted),
        _ => add(context, wanted),
    }
}

fn wanted<'t, S: State>(context: &Context<'_, S>, person: &Person<'t>) -> Wanted<'t> {
    let settings = context.settings;
    let id = id(&person.sourcedids);
    let userid = person.userids.first();
    let mut username = userid.map(|userid| trimmed(&userid.text));
    if settings.imssourcedidfallback && username.as_deref().unwrap_or_default().is_empty() {
        username.clone_from(&id);
    }
    if settings.fixcaseusernames {
        username = username.map(|name| Cow::Owned(lower(&name, context.is_fixed())));
    }
    let parts = person.name.as_ref().and_then(|name| name.parts.as_ref());
    let name = |text| {
        let name: Option<Word<'t>> = filled(text);
        if settings.fixcasepersonalnames {
            name.map(|name| Cow::Owned(capitalised(&name, context.is_fixed())))
        } else {
            name
        }
    };
    let adr = person.adr.as_ref();
    let fields = UserFields {
        username,
        firstname: name(parts.and_then(|parts| parts.given.as_ref())),
        lastname: name(parts.and_then(|parts| parts.family.as_ref())),
        email: person.email.as_ref().map(trimmed),
        auth: filled(userid.and_then(|userid| userid.authenticationtype.as_ref())),
        city: filled(adr.and_then(|adr| adr.locality.as_ref())),
        country: filled(adr.and_then(|adr| adr.country.as_ref())),
        url: person.url.as_ref().map(trimmed),
    };
    Wanted { at: person.element.name_span(), id, fields }
}

/// Moodle changes the letters of ASCII alone.
fn lower(text: &str, is_fixed: bool) -> String {
    if is_fixed { text.to_lowercase() } else { text.to_ascii_lowercase() }
}

/// Moodle writes capitals behind white space alone; so `Jean-luc` and `O'brien`.
fn capitalised(name: &str, is_fixed: bool) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_start = true;
    for character in lower(name, is_fixed).chars() {
        match (is_start, is_fixed) {
            (true, true) => out.extend(character.to_uppercase()),
            (true, false) => out.push(character.to_ascii_uppercase()),
            (false, _) => out.push(character),
        }
        is_start = matches!(character, ' ' | '\t' | '\r' | '\n' | '\x0B' | '\x0C')
            || (is_fixed && matches!(character, '-' | '\'' | '’'));
    }
    out
}

fn delete<S: State>(context: &mut Context<'_, S>, wanted: &Wanted<'_>) {
    let (at, id) = (wanted.at, wanted.id());
    if !context.settings.imsdeleteusers {
        return context.skip(at, "person", id, "", "to be deleted, but imsdeleteusers is off");
    }
    let by_id = context.state.user_by_idnumber(id);
    let name = wanted.fields.username.as_deref();
    let by_name = name.and_then(|name| context.state.user_by_username(name));
    if context.is_fixed() {
        let Some(user) = by_id else {
            // It may have been deleted by this very file before.
            return match by_name {
                None => {}
                Some(_) => context.skip(
                    at,
                    "person",
                    id,
                    "",
                    "to be deleted; the user with this name has not this id number",
                ),
            };
        };
        let username = context.state.user_field(user, "username").to_owned();
        // The name says which of two users with one name goes; a name that is not unique is no key.
        if context.state.user_by_username(&username) != Some(user) {
            return context.skip(
                at,
                "person",
                id,
                "",
                "to be deleted, but two users have this name",
            );
        }
        let step = Step::DeleteUser { username: username.into() };
        return context.act(at, step, "recstatus 3, imsdeleteusers is on");
    }
    if by_id != by_name {
        let finding =
            Diagnostic::new(&rules::DELETED_BY_NAME).data("found", name.unwrap_or("(none)"));
        context.note(at, finding.data("id", id));
    }
    match (by_name, name) {
        (Some(_), Some(name)) => {
            let step = Step::DeleteUser { username: name.into() };
            context.act(at, step, "recstatus 3, imsdeleteusers is on; found by user name");
        }
        _ => context.skip(at, "person", id, "", "to be deleted, but no user has this name"),
    }
}

fn update<S: State>(context: &mut Context<'_, S>, wanted: Wanted<'_>) {
    let at = wanted.at;
    if !context.settings.imsupdateusers {
        let reason = "to be updated, but imsupdateusers is off";
        return context.skip(at, "person", wanted.id(), "", reason);
    }
    let Some(user) = context.state.user_by_idnumber(wanted.id()) else {
        let reason = "to be updated, but no user has this id number";
        return context.skip(at, "person", wanted.id(), "", reason);
    };
    let mut fields = wanted.fields;
    if context.is_fixed() {
        fields.drop_empty();
    } else if fields.username.as_deref() == Some("") {
        let finding = Diagnostic::new(&rules::USERNAME_BLANKED);
        context.note(at, finding.data("id", wanted.id.as_deref().unwrap_or_default()));
    }
    if context.is_fixed() {
        let taken =
            fields.username.as_deref().and_then(|name| context.state.user_by_username(name));
        if taken.is_some_and(|other| other != user) {
            let reason = "to be updated, but another user has this name";
            return context.skip(
                at,
                "person",
                wanted.id.as_deref().unwrap_or_default(),
                "",
                reason,
            );
        }
    }
    let state = &*context.state;
    let changes =
        fields.given().any(|(field, value)| state.user_field(user, field) != value.as_ref());
    if !changes {
        return;
    }
    if let Some(idnumber) = wanted.id {
        let step = Step::UpdateUser { idnumber, fields };
        context.act(at, step, "recstatus 2, imsupdateusers is on");
    }
}

fn add<S: State>(context: &mut Context<'_, S>, wanted: Wanted<'_>) {
    let at = wanted.at;
    if context.state.user_by_idnumber(wanted.id()).is_some() {
        // Known, and nothing to be done.
        return;
    }
    if !context.settings.createnewusers {
        let reason = "no user has this id number, and createnewusers is off";
        return context.skip(at, "person", wanted.id(), "", reason);
    }
    if context.is_fixed() && wanted.id.is_none() {
        return context.skip(at, "person", "", "", "the person has no id");
    }
    let username = wanted.fields.username.clone().filter(|name| !name.is_empty());
    let Some(username) = username else {
        let reason = "no user has this id number, and none is created without a user name";
        return context.skip(at, "person", wanted.id(), "", reason);
    };
    if let Some(user) = context.state.user_by_username(&username) {
        return attach(context, at, username, wanted.id.unwrap_or_default(), user);
    }
    let mut fields = wanted.fields;
    fields.auth.get_or_insert(Cow::Borrowed("manual"));
    let step = Step::CreateUser { idnumber: wanted.id.unwrap_or_default(), fields };
    context.act(at, step, "unknown, createnewusers is on");
}

/// The user name is known, the id number is not.
fn attach<S: State>(
    context: &mut Context<'_, S>,
    at: Span,
    username: Word<'_>,
    idnumber: Word<'_>,
    user: S::User,
) {
    if idnumber.is_empty() {
        return context.skip(
            at,
            "person",
            "",
            "",
            "the user name is known, and the person has no id",
        );
    }
    let before = context.state.user_field(user, "idnumber").to_owned();
    if !before.is_empty() {
        let finding = Diagnostic::new(&rules::IDNUMBER_TAKEN_OVER)
            .data("found", &username)
            .data("before", &before)
            .data("id", &idnumber);
        context.note(at, finding);
        if context.is_fixed() {
            let reason = format!("the user {username} has the id number {before} already");
            return context.skip(at, "person", &idnumber, "", reason);
        }
    }
    let reason = if before.is_empty() {
        "the user name is known and has no id number; createnewusers is on"
    } else {
        "the user name is known; createnewusers is on. It had another id number"
    };
    context.act(at, Step::AttachIdnumber { username, idnumber }, reason);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals() {
        for (name, compat, fixed) in [
            ("JEAN-LUC", "Jean-luc", "Jean-Luc"),
            ("O'BRIEN", "O'brien", "O'Brien"),
            ("du pont", "Du Pont", "Du Pont"),
            ("JIŘÍ", "JiŘÍ", "Jiří"),
            ("élan", "élan", "Élan"),
        ] {
            assert_eq!(capitalised(name, false), compat);
            assert_eq!(capitalised(name, true), fixed);
        }
    }
}
