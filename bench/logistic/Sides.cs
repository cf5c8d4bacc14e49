/// <summary>Both sides of a row, each in a process of its own that reads the same cells.</summary>
internal static class Sides
{
    /// <summary>Solves a row on both sides.</summary>
    public static (Solution Ours, Solution Theirs) Solve(Row row)
    {
        var folder = Directory.CreateTempSubdirectory("scfm-logistic-").FullName;
        try
        {
            var (expression, labels) = Simulation.Draw(row.Cells);
            CellFiles.Write(folder, expression, labels);
            Console.Error.WriteLine($"{row.Cells:N0} cells, {(double)expression.NonZeros / row.Cells / Simulation.Genes:P1} not zero");
            var ours = Processes.Own<Solution>("row", row.Name, folder);
            Console.Error.WriteLine(ours);
            var theirs = Processes.Python<Solution>(
                Processes.Script("peer.py"), folder, $"{Simulation.Genes}", row.Solver, $"{row.PeerTolerance}", $"{row.PeerIterations}", string.Join(',', row.Cs));
            return (ours, theirs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
