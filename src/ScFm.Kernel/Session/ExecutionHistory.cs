using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScFm.Kernel.Session;

/// <summary>The cells that were run in this session.</summary>
internal sealed class ExecutionHistory
{
    private const int Session = 1;
    private readonly List<(int Line, string Code)> entries = [];

    internal void Add(int line, string code) => entries.Add((line, code));

    /// <summary>Answers a history request: the last cells, a range of them, or those that match a pattern with <c>*</c> and <c>?</c>.</summary>
    internal JsonArray Find(JsonObject request)
    {
        var found = (string?)request["hist_access_type"] switch
        {
            "range" => Range((int?)request["start"] ?? 0, (int?)request["stop"] ?? int.MaxValue),
            "search" => Search((string?)request["pattern"] ?? "*", (bool?)request["unique"] ?? false),
            _ => entries,
        };
        if ((int?)request["n"] is { } count && (string?)request["hist_access_type"] != "range")
        {
            found = found.TakeLast(count);
        }

        return [.. found.Select(entry => (JsonNode)new JsonArray(Session, entry.Line, entry.Code))];
    }

    private IEnumerable<(int Line, string Code)> Range(int start, int stop) => entries.Where(entry => entry.Line >= start && entry.Line < stop);

    private IEnumerable<(int Line, string Code)> Search(string pattern, bool unique)
    {
        var regex = new Regex(
            "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        var matches = entries.Where(entry => regex.IsMatch(entry.Code));
        return unique ? matches.Reverse().DistinctBy(entry => entry.Code).Reverse() : matches;
    }
}
