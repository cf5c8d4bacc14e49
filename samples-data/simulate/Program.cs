using ScFm.Simulate;

if (args.Length is 0 or > 2 || (args.Length == 2 && !int.TryParse(args[1], out _)))
{
    Console.Error.WriteLine($"Usage: dotnet run --project samples-data/simulate -- FOLDER [SEED]   (seed {Simulation.DefaultSeed} by default)");
    return 1;
}

var simulation = new Simulation(args.Length == 2 ? int.Parse(args[1]) : Simulation.DefaultSeed);
var cells = simulation.Draw();
TenxFolder.Write(args[0], simulation.GeneNames, cells);
var depths = cells.Select(cell => cell.Counts.Sum()).Order().ToArray();
var expressed = cells.Select(cell => cell.Counts.Count(count => count > 0)).Order().ToArray();
Console.WriteLine($"{cells.Count} cells, {simulation.GeneNames.Count} genes; median {depths[depths.Length / 2]} UMIs (from {depths[0]} to {depths[^1]}) and {expressed[expressed.Length / 2]} genes a cell: {args[0]}");
return 0;
