namespace ScFm.Model.Tasks.Sensitivity;

/// <summary>All that a method may see of a fold: no class of a target cell is among it.</summary>
/// <param name="problem">The problem.</param>
/// <param name="fold">The fold.</param>
public sealed class TransferView(TransferProblem problem, TransferFold fold)
{
    /// <summary>What the class that is asked about is called.</summary>
    public string Positive => problem.Positive;

    /// <summary>Whether each source sample that is learnt from belongs to the class that is asked about.</summary>
    public bool[] Labels { get; } = Array.ConvertAll(fold.Source, sample => problem.Source.Labels[sample]);

    /// <summary>How many rows are asked about.</summary>
    public int Asked => fold.Test.Length + fold.HeldOut.Length;

    /// <summary>The rows of a table.</summary>
    /// <param name="table">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such table.</exception>
    public TransferRows this[string table]
    {
        get
        {
            var found = problem[table];
            return new TransferRows(
                found.Source.SelectRows(fold.Source), found.Target.SelectRows(fold.Target),
                Cells.DenseMatrix.Stack(found.Target.SelectRows(fold.Test), found.Source.SelectRows(fold.HeldOut)), found.Standardise);
        }
    }
}
