using System.Globalization;
using System.Reflection;

namespace ScFm.Model.Launching;

/// <summary>One thing that must be the same on all ranks.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it is on this rank.</param>
public sealed record RankFact(string Name, string Value)
{
    /// <summary>Every property of an options record.</summary>
    public static IEnumerable<RankFact> Of(object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0)
        .Select(property => new RankFact($"{options.GetType().Name}.{property.Name}", Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture) ?? ""));

    /// <summary>What this program is: its own version and libtorch's.</summary>
    public static IEnumerable<RankFact> OfThisProgram() =>
    [
        new("ScFm's version", typeof(RankFact).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
        new("libtorch's version", TorchSharp.torch.__version__),
    ];
}
