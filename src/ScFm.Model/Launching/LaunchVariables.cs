using System.Collections;
using System.Globalization;

namespace ScFm.Model.Launching;

/// <summary>An environment, read for what launchers put into it; what is wrong is told with the variable's name.</summary>
/// <param name="environment">Names and values; an empty value is none.</param>
internal sealed class LaunchVariables(IReadOnlyDictionary<string, string> environment)
{
    private const string HostName = "MASTER_ADDR";
    private const string PortName = "MASTER_PORT";
    private const int MostRanks = 65_536;
    private const int LastPort = 65_535;

    /// <summary>True where the process is shown one card only.</summary>
    public bool SeesOneCard => Text("CUDA_VISIBLE_DEVICES") is { } cards && !cards.Contains(',');

    /// <summary>Where ranks meet; null where that is not said.</summary>
    public string? Host => Text(HostName);

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfThisProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    /// <summary>The value of a variable; null where it is not set or empty.</summary>
    public string? Text(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>True where a variable is set.</summary>
    public bool Has(string name) => Text(name) is not null;

    /// <summary>The value of a variable that another one calls for.</summary>
    public string Text(string name, string beside) =>
        Text(name) ?? throw new InvalidDataException($"{beside} is set and {name} is not; expected both.");

    /// <summary>The whole number in a variable that another one calls for.</summary>
    public long Number(string name, string beside, long least = 0, long most = MostRanks)
    {
        var text = Text(name, beside);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InvalidDataException(FormattableString.Invariant($"{name} is '{text}'; expected a whole number from {least} to {most}."));
    }

    /// <summary>A place among others, and how many there are.</summary>
    /// <param name="place">The variable of the place, from 0.</param>
    /// <param name="count">The variable of their number.</param>
    public (int Place, int Count) Place(string place, string count)
    {
        var (at, of) = ((int)Number(place, count, most: MostRanks - 1), (int)Number(count, place, least: 1));
        return at < of ? (at, of) : throw new InvalidDataException($"{place} is {at} and {count} is {of}; expected {place} from 0 to {of - 1}.");
    }

    /// <summary>Where ranks meet, where another variable calls for it.</summary>
    public string HostBeside(string beside) => Text(HostName, beside);

    /// <summary>The port at which ranks meet.</summary>
    /// <param name="beside">The variable that calls for it.</param>
    /// <param name="otherwise">The port where none is named. Default: one must be.</param>
    public int Port(string beside, int? otherwise = null) =>
        otherwise is { } port && !Has(PortName) ? port : (int)Number(PortName, beside, least: 1, LastPort);
}
