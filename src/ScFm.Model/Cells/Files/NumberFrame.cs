using ScFm.Model.Tables;

namespace ScFm.Model.Cells.Files;

/// <summary>The numbers of a data frame as a matrix.</summary>
/// <param name="Values">[rows, columns]; a missing number is NaN, yes and no are 1 and 0.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="LeftOut">What was no number, as the end of a sentence; empty where nothing was.</param>
internal sealed record NumberFrame(DenseMatrix Values, string[] Columns, string LeftOut)
{
    internal static NumberFrame Of(Table frame)
    {
        Column[] numbers = [.. frame.Columns.Where(column => column is NumberColumn or IntegerColumn or BooleanColumn)];
        string[] others = [.. frame.Columns.Except(numbers).Select(column => column.Name)];
        var values = new DenseMatrix(frame.RowCount, numbers.Length);
        for (var column = 0; column < numbers.Length; column++)
        {
            for (var row = 0; row < frame.RowCount; row++)
            {
                values[row, column] = numbers[column][row] is { } number ? Convert.ToSingle(number) : float.NaN;
            }
        }
        return new NumberFrame(values, [.. numbers.Select(column => column.Name)], others.Length == 0 ? "" : $", and {string.Join(", ", others)} left out");
    }
}
