using System.Globalization;
using System.Reflection;
using static TorchSharp.torch;

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

    /// <summary>The parameters of a module: their names and shapes.</summary>
    public static IEnumerable<RankFact> Of(nn.Module module) =>
        module.named_parameters().Select(one => new RankFact($"The parameter {one.name}", $"[{string.Join(", ", one.parameter.shape)}]{(one.parameter.requires_grad ? "" : ", frozen")}"));

    /// <summary>What this program is: its own version and libtorch's.</summary>
    public static IEnumerable<RankFact> OfThisProgram() => ProgramVersions.All.Select(one => new RankFact(one.Name, one.Version));
}
