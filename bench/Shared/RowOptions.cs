/// <summary>The options of a benchmark of named rows: <c>[--rows NAME,...] [--record MACHINE]</c>.</summary>
internal static class RowOptions
{
    /// <summary>Reads the options; default is every row, and no record.</summary>
    /// <param name="args">What stands behind the benchmark's name.</param>
    /// <param name="all">Its rows.</param>
    /// <param name="nameOf">A row's name.</param>
    /// <exception cref="ArgumentException">An option or a row is not known.</exception>
    public static (TRow[] Rows, string? Machine) Parse<TRow>(string[] args, TRow[] all, Func<TRow, string> nameOf)
    {
        var (rows, machine) = (all, (string?)null);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--rows" when value.Length > 0: rows = Array.ConvertAll(value.Split(','), name => Find(name, all, nameOf)); break;
                case "--record" when value.Length > 0: machine = value; break;
                default: throw new ArgumentException($"'{args[i]} {value}' was found; expected [--rows NAME,...] [--record MACHINE].");
            }
        }
        return (rows, machine);
    }

    /// <summary>The row of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static TRow Find<TRow>(string name, TRow[] all, Func<TRow, string> nameOf)
    {
        var place = Array.FindIndex(all, row => nameOf(row) == name);
        return place >= 0 ? all[place] : throw new ArgumentException($"There is no row '{name}'; expected some of {string.Join(", ", all.Select(nameOf))}.");
    }
}
