namespace ScFm.Model.Tasks;

/// <summary>What must hold of any plan; the messages name its field.</summary>
internal static class PlanRules
{
    /// <summary>Returns quietly where a condition holds.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal static void Expect(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ArgumentException(otherwise + ".");
        }
    }

    /// <summary>Returns quietly where no element is null: a list of JSON may hold null, whatever its element's type says.</summary>
    internal static void Present<T>(string field, IEnumerable<T> items) where T : class => Expect(items.All(item => item is not null), $"{field} holds null; expected none");

    /// <summary>Returns quietly where there is at least one name and none is empty.</summary>
    internal static void Named(string field, IEnumerable<string> names)
    {
        Expect(names.Any(), $"{field} is empty; expected at least one");
        Expect(names.All(name => name.Length > 0), $"{field} has one without a name");
    }

    /// <summary>Returns quietly where names differ in letters or digits: results are kept in files of these names, in which nothing else is told apart.</summary>
    internal static void Different(string field, IEnumerable<string> names)
    {
        var alike = names.GroupBy(ResultStore.FileName).FirstOrDefault(group => group.Count() > 1);
        Expect(alike is null, $"{field} has {string.Join(" and ", (alike ?? Enumerable.Empty<string>()).Select(name => $"'{name}'"))}; expected names that differ in letters or digits");
    }

    /// <summary>Returns quietly where all numbers of a record are in their ranges.</summary>
    internal static void Ranges<T>(string field, T options) where T : notnull
    {
        try
        {
            Options.Validate(options);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{field}: {error.Message}", error);
        }
    }
}
