//! The rules.

edu_diagnostics::rules! {
    examples "../../rules/" ".json"

    CHILD_NOT_ALLOWED "OD-S01" "child-not-allowed" Error
        summary "A content holds one of a kind that its own kind does not hold."
        message "{kind} `{parent}` holds {child_kind} `{child}`"
        help "put a list between the two, or move the child to where its kind belongs"
        explanation "Programmes, subprograms and containers hold subprograms, containers and lists; lists hold courses; courses hold lists; nothing holds a programme. Ametys keeps no other structure."

    CYCLE "OD-S02" "cycle" Error
        summary "A link leads back to a content above it."
        message "the link from `{parent}` to `{child}` closes a cycle"
        help "remove the link"
        explanation "A catalogue may share contents but not hold them in themselves: every walk through it would not end. Each link that closes a cycle is reported once, as met on the way down from the roots; in a cycle below no root the way begins with its first content."

    DANGLING_CHILD "OD-S03" "dangling-child" Error
        summary "A link leads to no content."
        message "`{parent}` holds `{child}`, and no content has this code"
        help "add the content, or remove the link"
        explanation "Whoever follows the link finds nothing: something was lost, or the code was changed in one place only."

    CHILD_REPEATED "OD-S04" "child-repeated" Warning
        summary "A content holds another one more than once."
        message "`{parent}` holds `{child}` {count} times"
        help "keep one of the links"
        explanation "The second link says nothing that the first does not, and counts twice where children are counted."

    YEAR_UNDER_PERIOD "OD-S05" "year-under-period" Warning
        summary "A year stands under a year or a semester."
        message "the year `{content}` stands under the {nature} `{parent}`"
        help "move the year up, or correct the nature of one of the two"
        explanation "The export to Pégase refuses it: no year under a year or a semester. What is between the two does not matter as long as it is neither, such as a container without nature, which is a grouping in Pégase, or a subprogram. A year is reported once, links that close a cycle are not followed."

    EMPTY_LIST "OD-S06" "empty-list" Warning
        summary "A list holds no course."
        message "the list `{content}` is empty"
        help "add its courses, or remove the list"
        explanation "There is nothing to take or to choose. The export to Pégase refuses it."

    CHOICE_RANGE_INVALID "OD-S07" "choice-range-invalid" Warning
        summary "The choice range of a list cannot be met."
        message "the list `{content}` asks for {range} of {count} courses"
        help "correct the smallest and the largest number, or add the courses that are missing"
        explanation "The smallest number is above the largest, or one of them above the number of courses. Such a range comes from Pégase or from courses that were left out; the numbers were kept as they are. Of an empty list it is said only that it is empty."

    COURSE_OUTSIDE_LIST "OD-S08" "course-outside-list" Warning
        summary "No list holds a course."
        message "no list holds the course `{content}`"
        help "put it into a list"
        explanation "A course is always the direct child of a list; outside of one it belongs to no programme."

    REQUIRED_FIELD_MISSING "OD-F01" "required-field-missing" Warning
        summary "A field that Ametys requires is empty."
        message "{kind} `{content}` has no `{field}`"
        help "fill it in"
        explanation "Ametys does not let a content be saved without it, and Pégase cannot fill everything: components have no code in common and periods do not exist there. The period is reported once, for `*containers`, since an import leaves it empty everywhere."

    CODE_EMPTY "OD-F02" "code-empty" Error
        summary "A content has an empty code."
        message "a content of kind {kind}, `{title}`, has no code"
        help "give it a code"
        explanation "Parents name their children by code, and so do Pégase and the export file."

    VALUE_NOT_IN_TABLE "OD-F03" "value-not-in-table" Warning
        summary "A value is no entry of its reference table."
        message "`{field}` of {kind} `{content}` is `{value}`, which is no entry of {table}"
        help "choose an entry, or add this one to the table"
        explanation "Values are the Ametys codes of entries, not their labels and not the codes of Pégase. Only tables that were given are looked at. `year`, `semester`, `UE` and `EC` are names of this model and need no entry."

    VALUE_ARCHIVED "OD-F04" "value-archived" Info
        summary "A value is an entry that can no longer be chosen."
        message "`{field}` of {kind} `{content}` is `{value}`, an archived entry of {table}"
        help "choose another entry when the content is next revised"
        explanation "The value stays valid. Only what is newly chosen may not be an archived entry."

    SYNC_CODE_REPEATED "OD-F05" "sync-code-repeated" Warning
        summary "Two contents have the same synchronization code."
        message "`{content}` has the synchronization code `{value}`, and so has `{other}`"
        help "find out which of the two the object in Pégase is, and take the code off the other"
        explanation "The code says which object of Pégase a content is. With two, a synchronization would write one object into both, or one over the other."

    CODE_REPEATED "OD-T01" "code-repeated" Error
        summary "Two entries of a reference table have the same code."
        message "the code `{code}` is there {count} times in {table}"
        help "change one of the codes"
        explanation "Codes are unique in a table. The first entry counts; nobody can choose the others."

    PEGASE_CODE_REPEATED "OD-T02" "pegase-code-repeated" Warning
        summary "Two entries of a reference table have the same Pégase code."
        message "`{code}` and `{other}` of {table} have the same Pégase code `{value}`"
        help "leave it with the entry that is meant for what comes from Pégase"
        explanation "Several Ametys entries may stand for one of Pégase, and the export can use them all. The import takes the first, whether or not it is the one that is meant."

    ENTRY_CODE_EMPTY "OD-T03" "entry-code-empty" Warning
        summary "An entry of a reference table has no code."
        message "the entry `{label}` of {table} has no code"
        help "give it a code"
        explanation "Values are written by code: one that is matched with this entry would come out empty."
}
