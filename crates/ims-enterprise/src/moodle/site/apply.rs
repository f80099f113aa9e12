//! What exists on a site, and what the actions make of it.

use super::texts::{self, IDNUMBER, Values};
use super::{CategoryRow, CourseRow, Enrolled, Site, number, place};
use crate::moodle::state::{CategorySearch, Enrolment, State};
use crate::moodle::{Action, Step};

impl State for Site {
    type User = u32;
    type Course = u32;
    type Category = u32;

    fn user_by_idnumber(&self, idnumber: &str) -> Option<u32> {
        self.idnumbers.first(idnumber)
    }

    fn user_by_username(&self, username: &str) -> Option<u32> {
        self.usernames.first(username)
    }

    fn user_field(&self, user: u32, field: &str) -> &str {
        self.users[place(user)].as_ref().map_or("", |user| user.texts.named(field))
    }

    fn course(&self, code: &str) -> Option<u32> {
        self.codes.get(code).copied()
    }

    fn course_names(&self, course: u32) -> (&str, &str, bool) {
        let row = &self.courses[place(course)].row;
        (&row.shortname, &row.fullname, row.visible)
    }

    fn has_instance(&self, course: u32) -> bool {
        self.courses[place(course)].has_instance
    }

    fn category(&self, search: CategorySearch<'_, u32>) -> Option<u32> {
        let is_there = |category: &u32| {
            search.parent.is_none_or(|parent| self.categories[place(*category)].parent == parent)
        };
        match search.idnumber {
            Some(idnumber) => self.category_idnumbers.all(idnumber).find(is_there),
            None => self.category_names.all(search.name).find(is_there),
        }
    }

    fn category_path(&self, category: u32) -> Vec<String> {
        let mut path = Vec::new();
        let mut around = Some(category);
        while let Some(category) = around {
            path.push(self.categories[place(category)].row.name.clone());
            around = self.categories[place(category)].parent;
        }
        path.reverse();
        path
    }

    fn default_category(&self) -> Option<u32> {
        self.default_category
    }

    fn enrolment(&self, course: u32, user: u32) -> Option<Enrolment> {
        self.enrolments.get(&(course, user)).map(|enrolled| Enrolment {
            suspended: enrolled.suspended,
            timestart: enrolled.timestart,
            timeend: enrolled.timeend,
            roles: self.roles.list(enrolled.roles).len(),
        })
    }

    fn has_role(&self, course: u32, user: u32, role: &str) -> bool {
        self.enrolments
            .get(&(course, user))
            .is_some_and(|enrolled| self.roles.names(enrolled.roles).any(|known| known == role))
    }

    fn has_group(&self, course: u32, name: &str) -> bool {
        self.courses[place(course)].group_names.contains_key(name)
    }

    fn is_in_group(&self, course: u32, name: &str, user: u32) -> bool {
        let group = self.courses[place(course)].group_names.get(name);
        let (Some(group), Some(user)) = (group, &self.users[place(user)]) else { return false };
        user.groups_of(course).any(|known| known == *group)
    }

    fn group_of(&self, course: u32, user: u32) -> Option<&str> {
        let group = self.users[place(user)].as_ref()?.groups_of(course).next()?;
        Some(&self.courses[place(course)].groups[place(group)])
    }

    fn apply(&mut self, action: &Action<'_>) {
        match &action.step {
            Step::CreateUser { idnumber, fields } => {
                let mut values = Values::default();
                values[IDNUMBER] = idnumber;
                texts::write(&mut values, fields);
                self.add_user(&values);
            }
            Step::UpdateUser { idnumber, fields } => {
                if let Some(user) = self.idnumbers.first(idnumber) {
                    self.write_fields(user, fields);
                }
            }
            Step::DeleteUser { username } => {
                if let Some(user) = self.usernames.first(username) {
                    self.delete(user);
                }
            }
            Step::AttachIdnumber { username, idnumber } => {
                if let Some(user) = self.usernames.first(username) {
                    self.renumber(user, idnumber);
                }
            }
            Step::CreateCategory { path, idnumber } => {
                let Some((name, around)) = path.split_last() else { return };
                let category = number(self.categories.len());
                self.add_category(CategoryRow {
                    name: name.clone(),
                    idnumber: idnumber.clone().into_owned(),
                    visible: false,
                    ..CategoryRow::default()
                });
                self.categories[place(category)].parent = self.category_at(around);
            }
            Step::CreateCourse { course, shortname, fullname, summary, category } => {
                let row = CourseRow {
                    idnumber: course.clone().into_owned(),
                    shortname: shortname.clone().into_owned(),
                    fullname: fullname.clone().into_owned(),
                    summary: summary.clone().into_owned(),
                    category: category.last().cloned().unwrap_or_default(),
                    visible: true,
                };
                self.add_course(row);
            }
            Step::UpdateCourse { course, shortname, fullname } => {
                let Some(course) = self.course(course) else { return };
                let row = &mut self.courses[place(course)].row;
                if let Some(shortname) = shortname {
                    row.shortname = shortname.clone().into_owned();
                }
                if let Some(fullname) = fullname {
                    row.fullname = fullname.clone().into_owned();
                }
            }
            Step::HideCourse { course } => {
                if let Some(course) = self.course(course) {
                    self.courses[place(course)].row.visible = false;
                }
            }
            Step::AddInstance { course } => {
                if let Some(course) = self.course(course) {
                    self.courses[place(course)].has_instance = true;
                }
            }
            Step::CreateGroup { course, group } => {
                if let Some(course) = self.course(course) {
                    self.create_group(course, group);
                }
            }
            Step::AddToGroup { course, group, idnumber } => {
                let user = self.idnumbers.first(idnumber);
                if let (Some(course), Some(user)) = (self.course(course), user) {
                    self.join(course, group, user);
                }
            }
            Step::Skip { .. } => {}
            enrolment => self.apply_enrolment(enrolment),
        }
    }
}

impl Site {
    fn apply_enrolment(&mut self, step: &Step<'_>) {
        match step {
            Step::Enrol { course, idnumber, role, timestart, timeend } => {
                let user = self.idnumbers.first(idnumber);
                if let (Some(course), Some(user)) = (self.course(course), user) {
                    let role = self.roles.role(role);
                    let roles = self.roles.number(&[role]);
                    let (timestart, timeend) = (*timestart, *timeend);
                    let enrolled = Enrolled { roles, suspended: false, timestart, timeend };
                    self.enrol(course, user, enrolled);
                }
            }
            Step::AddRole { course, idnumber, role } => {
                let role = self.roles.role(role);
                self.change_roles(course, idnumber, |roles| {
                    if !roles.contains(&role) {
                        roles.push(role);
                    }
                });
            }
            Step::ReplaceRoles { course, idnumber, role } => {
                let role = self.roles.role(role);
                self.change_roles(course, idnumber, |roles| roles.retain(|known| *known == role));
            }
            Step::RefreshDates { course, idnumber, timestart, timeend } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    (enrolled.timestart, enrolled.timeend) = (*timestart, *timeend);
                }
            }
            Step::Reactivate { course, idnumber } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    enrolled.suspended = false;
                }
            }
            Step::Suspend { course, idnumber } => {
                if let Some((_, _, enrolled)) = self.enrolled(course, idnumber) {
                    enrolled.suspended = true;
                }
            }
            Step::RemoveRoles { course, idnumber } => {
                self.change_roles(course, idnumber, Vec::clear);
            }
            Step::Unenrol { course, idnumber } => {
                if let Some((course, user, _)) = self.enrolled(course, idnumber) {
                    self.enrolments.remove(&(course, user));
                    if let Some(user) = &mut self.users[place(user)]
                        && let Ok(place) = user.courses.binary_search(&course)
                    {
                        user.courses.remove(place);
                    }
                }
            }
            _ => {}
        }
    }
}
