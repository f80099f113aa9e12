//! Matrices in alphabetical order.

use crate::model::Matrix;

impl Matrix {
    /// Puts the columns in the order of their paths, as exports of 4.7 have them, and the values of each
    /// profile field in alphabetical order, as `-includeAllOpfValues` has them. Fields keep the order in which
    /// they come first, and columns of one course theirs.
    pub fn sort(&mut self) {
        let mut columns: Vec<usize> = (0..self.columns.len()).collect();
        columns.sort_by_key(|&column| &self.columns[column].path.value);
        let place = inverse(&columns);
        self.columns = columns.iter().map(|&column| self.columns[column].clone()).collect();
        for row in &mut self.unknown {
            for (column, _) in &mut row.cells {
                if let Some(&place) = place.get(*column as usize) {
                    *column = place;
                }
            }
            row.cells.sort_by_key(|(column, _)| *column);
        }

        let fields = crate::profile::Fields::of(self);
        let mut values: Vec<usize> = (0..self.values.len()).collect();
        values.sort_by_key(|&value| (fields.number(value), &self.values[value].value.value));
        let place = inverse(&values);
        self.values = values.iter().map(|&value| self.values[value].clone()).collect();
        for column in &mut self.columns {
            for mark in &mut column.marks {
                if let Some(&place) = place.get(mark.value.value as usize) {
                    mark.value.value = place;
                }
            }
            column.marks.sort_by_key(|mark| mark.value.value);
        }
    }
}

/// Where each item has gone.
fn inverse(order: &[usize]) -> Vec<u32> {
    let mut place = vec![0; order.len()];
    for (new, &old) in (0..).zip(order) {
        place[old] = new;
    }
    place
}

#[cfg(test)]
mod tests {
    use crate::{Column, CoursePath, Kind, Layout, Mark, Matrix, OpfValue, UnknownRow};

    #[test]
    fn columns_by_path_and_values_within_their_field() {
        let mut matrix = Matrix::new(Kind::Registration, Layout::V4_3);
        for (name, value) in [("Vessel", "B"), ("Rank", "Z"), ("Vessel", "A")] {
            matrix.values.push(OpfValue::new(name, value));
        }
        for (path, marked) in [("/b", &[0, 1][..]), ("/a", &[2])] {
            let mark = |&value: &u32| Mark { value, is_excluded: false }.into();
            let marks = marked.iter().map(mark).collect();
            let path = CoursePath::new(path).into();
            matrix.columns.push(Column { path, marks, ..Column::default() });
        }
        let cells = vec![(0, "of b".to_owned().into())];
        matrix.unknown.push(UnknownRow { label: "Note".to_owned().into(), cells });
        matrix.sort();
        let values: Vec<_> = matrix.values.iter().map(|value| value.value.value.as_str()).collect();
        assert_eq!(values, ["A", "B", "Z"]);
        let columns = matrix.columns.iter().map(|column| {
            let marks = column.marks.iter().map(|mark| mark.value.value).collect();
            (column.path.value.as_str(), marks)
        });
        assert_eq!(columns.collect::<Vec<_>>(), [("/a", vec![0]), ("/b", vec![1, 2])]);
        assert_eq!(matrix.unknown[0].cells[0].0, 1);
    }
}
