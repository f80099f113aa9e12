//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".csv"

    NOT_A_MATRIX "OR-F01" "not-a-matrix" Error
        summary "The file has no label `Course Path` where labels stand, and no two others."
        message "no label `Course Path` was found: this is no offering rule matrix"
        help "check that this is the right file; labels stand in the first two columns, or in the first row of the older format"
        explanation "Matrices are read by their labels, not by the numbers of their rows. They are looked for in the first 100 rows that hold something. Where two labels show that it is a matrix, only `Course Path` is reported as missing."

    ENCODING "OR-F02" "encoding" Warning
        summary "The file is not in UTF-8."
        message "the file was read as {encoding}"
        help "save the file as `CSV UTF-8`"
        explanation "How the LMS writes and reads matrices is not documented. Bytes that are not UTF-8 were read as windows-1252, which is what spreadsheets on Windows write when asked for plain CSV; the place is that of the first of them. UTF-16 with a byte order mark, the `Unicode text` of spreadsheets, is certain and only worth knowing."

    MALFORMED "OR-F03" "malformed-characters" Error
        summary "Bytes stand for no character of the encoding."
        message "{count} characters are damaged in {encoding}; they were read as U+FFFD"
        help "save the file again"
        explanation "Half a character is left over, mostly because a program cut the file at a number of bytes. The place is that of the first one."

    QUOTE_NOT_CLOSED "OR-F04" "quote-not-closed" Error
        summary "A quote at the start of a cell is not closed."
        message "this quote is not closed"
        help "close the quote behind the cell, or remove it"
        explanation "The cell was read to the next delimiter on its line, and the next line as a row of its own: what the quote was meant to hold is not known, but no other row is lost."

    STRAY_QUOTE "OR-F05" "stray-quote" Warning
        summary "A quote stands inside a cell and is not doubled."
        message "a quote stands inside the cell"
        help "put the whole cell in quotes and double those inside, or remove them"
        explanation "The quote was read as a character of the cell. Other programs may read the row otherwise."

    LIMIT "OR-F06" "limit-exceeded" Error
        summary "The input asks for more than the limits of the reader allow."
        message "the file has a {what} above the limit of {limit}"
        help "look at what stands here; raise the limit if it is right"
        explanation "Limits keep a damaged or hostile file from taking all memory. A row that is too long is passed over, cells behind the last column allowed are not read."

    CONTROL_CHARACTER "OR-F07" "control-character" Warning
        summary "A cell holds control characters."
        message "a control character (U+{code}) stands in the cell"
        help "remove it"
        explanation "Nothing in a matrix needs one. In a path or a value it is an error besides, for it would change the commands."

    WORKBOOK "OR-F08" "workbook" Error
        summary "The file is a workbook of a spreadsheet, not a CSV file."
        message "this is a workbook, not CSV"
        help "save the sheet with the matrix as `CSV UTF-8`, and give that file"
        explanation "Matrices are edited as workbooks and handed over as CSV. The two are told apart by the first bytes."

    WRONG_KIND "OR-L01" "wrong-kind" Error
        summary "The matrix holds rules of the other kind than was asked for."
        message "this is a matrix of {found} rules, not of {expected} rules"
        help "give the other matrix, or ask for the other kind"
        explanation "Registration and instructor matrices have other head rows. Commands of the wrong kind would delete the wrong rules."

    UNKNOWN_LABEL "OR-L02" "unknown-label" Error
        summary "A head row has a label that is not known."
        message "`{found}` (cell {cell}) is the label of no head row{suggestion}"
        help "write the label as the LMS exports it; remove the row only if it says nothing about the courses"
        explanation "A row that is not understood may hold a condition; rules without it would hit more users than intended. Where the caller asks to keep such rows, this is a warning and they are passed through. Labels are known by the words for people or by the name of the predicate, whatever the letter case, white space and dashes."

    LABEL_MISSING "OR-L03" "label-missing" Error
        summary "A head row that every matrix needs is missing."
        message "there is no row `{label}`"
        help "add the row with this label"
        explanation "Without its status a course has no rules and no commands; without the header `OPF Name`, `OPF Value` it is not known where the profile fields begin."

    LABEL_TWICE "OR-L04" "label-twice" Error
        summary "A head row is there twice."
        message "the row `{label}` (cell {cell}) is there as `{other}` already"
        help "remove one of the two"
        explanation "Which of the two counts is not known; the first one was read. `Re-Registration` is what the older format has in place of `Registration Type`: one of them is enough."

    OTHER_KINDS_LABEL "OR-L05" "label-of-other-kind" Error
        summary "A head row belongs to matrices of the other kind."
        message "`{label}` (cell {cell}) belongs in a matrix of {kind} rules"
        help "remove the row, or put the course into a matrix of the other kind"
        explanation "Rules for students and for instructors are made from two matrices. The cells of the row were not read."

    ROW_NUMBERS "OR-L06" "row-numbers" Info
        summary "The first column holds row numbers."
        message "the first column holds row numbers; it is not read"
        help "remove the column"
        explanation "Tables copied out of the documentation carry the numbers of its rows. They are no part of a matrix."

    STRAY_CELL "OR-L07" "stray-cell" Error
        summary "A cell holds something where nothing belongs."
        message "`{found}` (cell {cell}) belongs to no head row and no profile value"
        help "move it to where it belongs, or remove it"
        explanation "Cells next to the header of the profile fields, and rows without a label, say nothing; a mark there was meant for another row."

    VALUE_UNNAMED "OR-L08" "value-unnamed" Error
        summary "A row of the profile fields lacks the field or its value."
        message "the {what} is missing (cell {cell})"
        help "write the profile field and its value in each row; of merged cells only the first one is saved"
        explanation "A requirement needs both. It is said once for rows below each other, as merged cells leave them, and is a warning where the row looks like a remark below the matrix. In the older format a name stands over the first of its values and counts for those behind it."

    NO_COURSE "OR-L09" "no-course" Warning
        summary "The matrix has no course."
        message "there is no course in the matrix"
        help "add a column for each course"
        explanation "Nothing would be done."

    BEHIND_EMPTY_ROW "OR-L10" "behind-empty-row" Warning
        summary "Profile values with marks stand behind an empty row."
        message "the row (cell {cell}) stands behind an empty one"
        help "remove the empty row, or move the row away if it is a remark or a legend"
        explanation "The row was read as a profile value. A legend below the matrix that was read so would be a requirement nobody meets."

    ABOVE_MATRIX "OR-L11" "above-matrix" Error
        summary "A row stands above the first label of the matrix."
        message "the row of `{found}` (cell {cell}) stands above the matrix and is not read"
        help "remove the row, or write the label of the head row that it is meant to be"
        explanation "A matrix begins with its first label. A single cell in one of the first two columns is taken for a title, and this is a warning; anything else may be a head row that was meant to be read."

    LABEL_MOVED "OR-L12" "label-moved" Warning
        summary "A label stands in another column than the first one."
        message "the label `{label}` (cell {cell}) stands in another column than the first one"
        help "check whether the whole row has moved, and put all labels into one column"
        explanation "A cell that was deleted moves the rest of its row: what was said of one course is then said of another. The row was read as it stands."

    MARK "OR-C01" "mark" Error
        summary "A requirement is neither `x` nor `!x`."
        message "`{found}` (cell {cell}) is no mark"
        help "write `x` for users who need the value, `!x` for users who must not have it, or nothing"
        explanation "Users with one of the marked values of a field, and of every field with marks, are meant. Other signs may mean yes or no, so none is guessed."

    FLAG "OR-C02" "flag" Error
        summary "A cell that is either marked or empty holds something else."
        message "`{found}` (cell {cell}, {label}) is no mark"
        help "write `x` or nothing"
        explanation "`x` asks for rules that remove users; other signs may mean yes or no, so none is guessed."

    STATUS_UNKNOWN "OR-C03" "status-unknown" Error
        summary "The registration type or the rule status is no known word."
        message "`{found}` (cell {cell}) is no {label}: there are {expected}"
        help "write one of these words, or leave the cell empty"
        explanation "The type decides which predicates a rule has. An empty cell means that nothing is done for the course."

    LETTER_CASE "OR-C04" "letter-case" Info
        summary "A word is written in another letter case than documented."
        message "`{found}` (cell {cell}) is documented as `{expected}`"
        help "write it so"
        explanation "It was read as the documented word. Other programs may not do so."

    DURATION "OR-C05" "duration" Error
        summary "A period is not written as a number of days, months or years."
        message "`{found}` (cell {cell}) is no period"
        help "write up to four digits and `d`, `m` or `y`: `30d`, `2m`, `3y`"
        explanation "Parts cannot be joined (`1d2m`), and a number without a unit could mean anything."

    PATH "OR-C06" "path" Error
        summary "A path is not a full path."
        message "`{found}` (cell {cell}) is no full path"
        help "write the path as the LMS shows it, from `/Root` on"
        explanation "A full path begins with `/` and has no empty part. The LMS stores a rule for any path and never runs one whose path is not exactly that of a course."

    EXPIRES_IN_COURSE "OR-C07" "expires-in-course" Error
        summary "An item of `CertificateWillExpireInCourse` is not a path, a certificate and a period."
        message "`{found}` (cell {cell}) is not `coursePath;certificateShortId;beforeExpiryDuration`"
        help "write the three parts with `;` between them, such as `/Root/Org/Course;Cert3Y;30d`"
        explanation "The predicate needs all three."

    DATE_WITHIN "OR-C08" "date-within" Error
        summary "An item of `OrgProfileDateWithin` is not a profile field and a number of days."
        message "`{found}` (cell {cell}) is not `OPF;days`"
        help "write the name of the profile field, `;` and a number of at most five digits, such as `Embarkation Date;30`"
        explanation "Users are registered that many days before the date that the field holds."

    NEGATIVE_DAYS "OR-C09" "negative-days" Warning
        summary "The number of days before a date is negative."
        message "{days} days (cell {cell}) lie behind the date, not before it"
        help "check whether the minus is meant"
        explanation "The rule is made all the same: users are registered after the date."

    REGISTRATION_KIND "OR-C10" "registration-kind" Error
        summary "A kind of registration is no known word."
        message "`{found}` (cell {cell}) is no kind of registration"
        help "write `Unknown`, `Historical`, `Auto`, `Imported`, `Self` or `Manual`, with `|` between several"
        explanation "The predicate knows no other words."

    EMPTY_ITEM "OR-C11" "empty-item" Warning
        summary "An item of a list is empty."
        message "an item of the list is empty (cell {cell})"
        help "remove the `|` that is too many"
        explanation "A `|` at the end or two in a row may be what is left of an item that got lost. The others were read."

    PATH_MISSING "OR-C12" "path-missing" Error
        summary "A course has no path."
        message "the path of the course is missing (cell {cell})"
        help "write the path as the LMS shows it, from `/Root` on"
        explanation "Without a path there is no course that the rules could be for. A warning where there is a name and no status: the course is being prepared, and nothing is done for it. A column without any of the three is mostly what is left of merged cells."

    USER_NEGATED "OR-C13" "user-negated" Error
        summary "A user name begins with `!`."
        message "`{found}` (cell {cell}) would have to be a user of this name: users cannot be left out"
        help "remove the name; leave users out by a user set or a profile value"
        explanation "In other cells `!` means that a condition must not hold. User names have no such form, and a rule for users cannot leave one out."

    RESERVED_CHARACTER "OR-R01" "reserved-character" Error
        summary "A text that becomes part of a command holds a character that has a meaning there."
        message "`{found}` (cell {cell}) holds {character}, which {what}"
        help "write the text without it, in the LMS too; several in one cell have `|` between them, and values have `[` and `]` in place of parentheses"
        explanation "`( ) , : ; | $`, quotes and line breaks separate the parts of rules and commands, and nothing can be done to make them plain text. What stands behind them would be read as another argument, another predicate or another command."

    OUTSIDE_ORGANISATION "OR-R02" "outside-organisation" Warning
        summary "A course is not below the organisation whose rules are replaced."
        message "`{found}` (cell {cell}) is not below `{organisation}`{besides}"
        help "check the path, and the path of the organisation"
        explanation "The rules are stored with the organisation; one for a course outside it may never run. Often only the letter case differs. Where no course of the matrix is below the organisation, it is said once."

    PATH_CASE "OR-R03" "path-case" Warning
        summary "Two paths differ in nothing but letter case."
        message "`{found}` (cell {cell}) differs from `{other}` in letter case only"
        help "write both as the LMS shows the course"
        explanation "Paths in rules are compared by letter case: a rule with the other spelling is stored, never runs, and nothing says so."

    NO_REQUIREMENT "OR-R04" "no-requirement" Warning
        summary "A course with rules in force has no requirement."
        message "`{course}` ({cell}) is {status} and no requirement is marked: no rule is made"
        help "mark whom the rule is for; if nobody, deactivate the course or leave the column out"
        explanation "The old rules of the course are deleted all the same, and nobody is registered any more. Mostly the column was left empty by accident."

    NOBODY_NAMED "OR-R05" "nobody-named" Warning
        summary "A rule has conditions on courses only, and names no users."
        message "the rule for `{course}` ({cell}) names no profile value, user, user set or date"
        help "mark whom the rule is for"
        explanation "It applies to every user of the organisation who meets the conditions."

    VALUE_TWICE "OR-R06" "value-twice" Error
        summary "A value of a profile field is there twice."
        message "`{name}` `{value}` (cell {cell}) is there a second time"
        help "join the marks of the two in one of them"
        explanation "The two may be marked differently, and who edits one does not see the other."

    COLUMN_TWICE "OR-R07" "column-twice" Warning
        summary "Two columns say the same of the same course."
        message "the column ({cell}) says the same of `{course}` as another one"
        help "remove one of the two"
        explanation "One rule is made of them. Mostly one was meant for other users."

    CONTRADICTION "OR-R08" "contradiction" Warning
        summary "Conditions of a column cannot hold together."
        message "`{first}` and `{second}` cannot hold together (cell {cell})"
        help "remove one of the two"
        explanation "The rule is made and never applies to anybody."

    REDUNDANT_EXCLUSION "OR-R09" "redundant-exclusion" Info
        summary "A profile field has values that users need, and others that are excluded."
        message "`{name}` has `x` and `!x` in the column ({cell}); the `!x` say nothing more"
        help "leave the `!x` out"
        explanation "A field with one value that is among those marked `x` is not among those marked `!x`."

    COLUMN_IMPLIED "OR-R10" "column-implied" Warning
        summary "Everybody whom a column means is meant by another column of the same course."
        message "whom the column ({cell}) means, another column of `{course}` means too"
        help "remove the column, or correct its marks"
        explanation "A user is registered where one of the columns applies, so the narrower of the two adds nobody. The first 200 columns of a course are compared."

    ENDLESS "OR-R11" "endless-re-registration" Warning
        summary "A prerequisite stays as it is, and nothing else ends the re-registration."
        message "users are registered for `{course}` again and again ({cell})"
        help "add a certificate, or use OneTime or the prerequisite that looks at the time since completion"
        explanation "`MostRecentRegistrationCompletedFor` holds for good once the other course is completed, and with `!` until it is: with `ReRegistration` and no certificate, users are registered anew as soon as they have completed the course."

    CERTIFICATE_MISSING "OR-R12" "certificate-missing" Error
        summary "A type that registers again has no certificate that says when."
        message "`{course}` ({cell}) is {status} and has no certificate"
        help "write the certificate's short id, or use OneTime"
        explanation "In the layout 4.3 the certificate is mandatory. In later ones this is a warning, and none where a prerequisite, a certificate of another course, a changed field or a kind of registration decides."

    CERTIFICATE_UNUSED "OR-R13" "certificate-unused" Warning
        summary "A certificate stands with a type that does not use it."
        message "the certificate `{found}` (cell {cell}) is not used with {status}"
        help "remove it, or use ReRegistration"
        explanation "It is left out of the rule, and kept when the matrix is written."

    DURATION_UNUSED "OR-R14" "duration-unused" Warning
        summary "A period before expiry stands where no certificate is used."
        message "the period {found} (cell {cell}) is not used: {why}"
        help "remove it, or give the certificate"
        explanation "It is left out of the rule, and kept when the matrix is written."

    DEACTIVATED_BESIDE "OR-R15" "deactivated-beside-active" Warning
        summary "A course is deactivated in one column and has rules in another."
        message "`{course}` ({cell}) is Deactivated here and {status} in another column"
        help "deactivate all columns of the course, or remove this one"
        explanation "Rules are deleted for the whole course, then those of the other column are added: the course stays in use."

    EMPTY_BESIDE "OR-R16" "empty-beside-filled" Warning
        summary "A course has no status in one column and has one in another."
        message "`{course}` ({cell}) has no status here and is {status} in another column"
        help "give the column its status, or remove it"
        explanation "Rules are deleted for the whole course: what this column once stood for goes too, and no rule takes its place."

    UNKNOWN_FIELD "OR-R17" "unknown-field" Error
        summary "A profile field is not among those of the organisation."
        message "there is no profile field `{found}` (cell {cell}){suggestion}"
        help "write the name as the organisation has it"
        explanation "The LMS refuses the rule when the commands are executed; by then the old rules have been deleted."

    UNKNOWN_VALUE "OR-R18" "unknown-value" Error
        summary "A value is not among those of its profile field."
        message "`{name}` has no value `{found}` (cell {cell}){suggestion}"
        help "write the value as the profile field has it"
        explanation "The LMS refuses the rule when the commands are executed; by then the old rules have been deleted."

    USERS_AND_MARKS "OR-R19" "users-and-marks" Info
        summary "A column names users and marks profile values."
        message "the users named (cell {cell}) need the marked values too"
        help "mark no values if the users are meant whatever their profile says"
        explanation "Earlier versions ignored the marks for users who are named; later ones ask for both. The rules are made the later way, one for each user."

    INVISIBLE_CHARACTER "OR-R20" "invisible-character" Warning
        summary "A text that becomes part of a command holds a character that cannot be seen, or not be told from a space."
        message "`{found}` (cell {cell}) holds {character}, which cannot be seen"
        help "write the text anew, with plain spaces"
        explanation "The LMS compares texts character by character: the rule never applies, although it looks right, and a removal rule made from it applies to everybody. Such characters come from web pages and documents. At the start and at the end of a cell they are left out."

    LOOKALIKE "OR-R21" "value-lookalike" Warning
        summary "Two values of a profile field differ in nothing but letter case or white space."
        message "`{name}` `{value}` (cell {cell}) differs from `{other}` in letter case or white space only"
        help "keep the one that the profile field has"
        explanation "The LMS compares values character by character: marks of the other one never apply."

    FIELD_LOOKALIKE "OR-R22" "field-lookalike" Warning
        summary "Two profile fields differ in nothing but letter case or white space."
        message "`{name}` (cell {cell}) differs from `{other}` in letter case or white space only"
        help "write both as the organisation has the field"
        explanation "They are two fields, and a column with marks in both asks for both: the rule would apply to nobody, for the LMS knows one of them only."

    PLACEHOLDER "OR-R23" "placeholder" Warning
        summary "A text that becomes part of a rule looks like a sign for nothing."
        message "`{found}` (cell {cell}) is taken as it is written"
        help "leave the cell empty if nothing is meant"
        explanation "Dashes, dots, question marks and `n/a` mean nothing to people, and to the LMS a certificate, a user or a user set of this name. `#N/A`, `#REF!` and their like are errors of a spreadsheet, in profile values too."

    VALUE_IS_MARK "OR-R24" "value-is-mark" Error
        summary "The value of a profile field is a mark, and no other row has the field."
        message "`{name}` has the value `{value}` (cell {cell}), which is a mark"
        help "write the profile field in the first column, its value in the second and the marks behind"
        explanation "The first cell of the row is missing and the rest has moved: the value stands where the field should be, and a mark where the value should be. The requirement would be lost."

    INCOMPLETE "OR-G01" "matrix-incomplete" Error
        summary "Something in the matrix could not be read."
        message "the matrix could not be read as a whole: no commands are made"
        help "correct what was reported when it was read"
        explanation "A condition that is missing makes a rule for more users than intended."

    TOO_MANY_REMOVALS "OR-G02" "too-many-removal-rules" Error
        summary "Removing users safely would take more rules than allowed."
        message "`{course}` ({cell}) would need {count} removal rules, {limit} are allowed"
        help "split the course, mark fewer fields, allow more rules, or remove by column"
        explanation "A user is removed only where no column of the course applies. That takes a rule for each way to pick one condition out of each column, and their number is the product of the numbers of conditions."

    REMOVAL_DIFFERS "OR-G03" "removal-differs" Info
        summary "Removal by course and removal by column would not remove the same users."
        message "the columns of `{course}` ({cell}) are looked at {how} when users are removed"
        help "check which of the two is meant"
        explanation "By course, a user stays who meets the requirement of any column. By column, a user goes who misses the requirement of one marked column, even if another column registers the same user again. The latter is a warning."

    REMOVAL_WITHOUT_CONDITION "OR-G04" "removal-without-condition" Warning
        summary "Nothing is left of a requirement that a removal rule could deny."
        message "`{course}` ({cell}) asks for removal, and {other} has no condition that a removal rule could deny: none is made"
        help "mark profile values there, or leave the mark for removal out"
        explanation "Prerequisites, certificates, changed fields and dates are left out of removal rules. What is left of a column with nothing else would remove everybody; and such a column keeps everybody, so that nothing is removed for the whole course."

    TOO_MANY_TERMS "OR-G05" "too-many-conditions" Error
        summary "The rules of the matrix would have more conditions together than allowed."
        message "the rules would have {count} conditions together, {limit} are allowed"
        help "use a user set in place of a long list of users"
        explanation "Each user whom a column names has a rule of its own with everything else that the column asks: many users and many marks make a number of conditions that is the product of both. Removal rules count too, marked values one by one, and a long text as one condition for each 128 bytes, for each rule has its copy."

    FORMULA "OR-W01" "formula" Warning
        summary "A spreadsheet would take a cell for a formula."
        message "`{found}` (cell {cell} of the new file) begins with `{character}`: a spreadsheet would compute it"
        help "change the text, or open the file as text only"
        explanation "Cells that begin with `=`, `+`, `-` or `@` are executed when the file is opened, and can be made to do harm. They are written as they are, for a change would be a change of the data."

    LOSS "OR-W02" "conversion-loss" Warning
        summary "The new matrix cannot hold what a cell holds."
        message "`{found}` of `{course}` is lost: {why}"
        help "choose a later layout; a certificate without a mark for re-registration was not used, and is lost in all of them"
        explanation "A condition that is lost makes a rule for more users than before. A certificate is lost where the older format had it unused: the type that the rule becomes would use it."

    CERTIFICATE_NEEDED "OR-W03" "certificate-needed" Warning
        summary "The layout asks for a certificate that the matrix does not have."
        message "`{course}` has no certificate, which the layout 4.3 asks for with {status}"
        help "choose a later layout, or add the certificate"
        explanation "The matrix is written; no commands will be made of it."

    OLD_TYPE "OR-W04" "old-type" Warning
        summary "The older format's rule without re-registration has no word of its own."
        message "`{course}` registers whoever has no active registration; it becomes ReRegistration without a certificate"
        help "check whether OneTime is meant"
        explanation "In the older format a course without a mark in `Re-Registration` asks for `!HasActiveRegistrations()` only. `ReRegistration` is the type with this predicate."
}
