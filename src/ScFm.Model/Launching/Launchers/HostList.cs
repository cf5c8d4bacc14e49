namespace ScFm.Model.Launching;

/// <summary>Slurm's short form of many machines' names: <c>gpu[01-03,07],login</c>.</summary>
internal static class HostList
{
    /// <summary>The first name of a list, which has rank 0.</summary>
    /// <exception cref="InvalidDataException">A bracket is not closed, or holds nothing.</exception>
    public static string First(string list)
    {
        var name = new System.Text.StringBuilder();
        for (var at = 0; at < list.Length && list[at] != ','; at++)
        {
            if (list[at] != '[')
            {
                name.Append(list[at]);
                continue;
            }
            var end = list.IndexOf(']', at);
            var number = end < 0 ? "" : list[(at + 1)..end].Split(',', '-')[0];
            if (number.Length == 0 || !number.All(char.IsAsciiDigit))
            {
                throw new InvalidDataException($"'{list}' is no list of machines; expected names such as gpu[01-03,07].");
            }
            name.Append(number);
            at = end;
        }
        return name.Length > 0 ? name.ToString() : throw new InvalidDataException($"'{list}' names no machine first; expected names such as gpu[01-03,07].");
    }
}
