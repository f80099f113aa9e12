//! Dialects as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CommandName, DialectError, PredicateName, Template};

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Dialect {
    commands: BTreeMap<CommandName, Spelling>,
    predicates: BTreeMap<PredicateName, Template>,
    mark: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
    name: Option<String>,
    arguments: Option<Vec<Template>>,
    verified: Option<bool>,
}

impl Default for Dialect {
    /// Nothing is changed.
    fn default() -> Self {
        let mark = super::Dialect::default().mark;
        Self { commands: BTreeMap::new(), predicates: BTreeMap::new(), mark }
    }
}

impl TryFrom<Dialect> for super::Dialect {
    type Error = DialectError;

    fn try_from(json: Dialect) -> Result<Self, DialectError> {
        let mut dialect = Self::default().with_mark(json.mark);
        for (command, changed) in json.commands {
            let mut spelling = dialect.command(command).clone();
            let is_changed = changed.name.is_some() || changed.arguments.is_some();
            spelling.verified = changed.verified.unwrap_or(spelling.verified && !is_changed);
            spelling.name = changed.name.unwrap_or(spelling.name);
            spelling.arguments = changed.arguments.unwrap_or(spelling.arguments);
            dialect = dialect.with_command(command, spelling)?;
        }
        for (predicate, template) in json.predicates {
            dialect = dialect.with_predicate(predicate, template)?;
        }
        Ok(dialect)
    }
}

impl From<super::Dialect> for Dialect {
    fn from(dialect: super::Dialect) -> Self {
        let commands = dialect.commands.map(|spelling| Spelling {
            name: Some(spelling.name),
            arguments: Some(spelling.arguments),
            verified: Some(spelling.verified),
        });
        Self {
            commands: CommandName::ALL.into_iter().zip(commands).collect(),
            predicates: PredicateName::ALL.into_iter().zip(dialect.predicates).collect(),
            mark: dialect.mark,
        }
    }
}
