namespace ScFm.Model.Tables;

/// <summary>Columns that somebody asked for by name.</summary>
internal static class RequiredColumn
{
    /// <summary>The column of that name.</summary>
    /// <param name="obs">What is known of each cell.</param>
    /// <param name="name">The name.</param>
    /// <param name="asked">Who asks for it, up to the name, for the error, such as "The column of contexts is".</param>
    /// <exception cref="InvalidDataException">There is none; the message says which there are.</exception>
    internal static Column Of(Table obs, string name, string asked) => obs.Find(name)
        ?? throw new InvalidDataException($"{asked} '{name}', but the cells have {string.Join(", ", obs.Columns.Select(column => column.Name).DefaultIfEmpty("none"))}.");
}
