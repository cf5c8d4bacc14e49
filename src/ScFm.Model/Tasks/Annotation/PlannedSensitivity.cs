using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScFm.Model.Tasks.Annotation;

/// <summary>How much a method depends on one of its options: it is fitted with every value and every seed, and each run stands for itself.</summary>
/// <param name="Method">The name of one of the plan's methods.</param>
/// <param name="Option">The option, such as tuning.learningRate or tuning.batchSize of scgpt.</param>
/// <param name="Values">Its values, at least one; with one alone the runs show what the seed does.</param>
public sealed record PlannedSensitivity(string Method, string Option, IReadOnlyList<JsonElement> Values)
{
    /// <summary>How many seeds, from 0 on. Default: 5.</summary>
    [Range(1, 1000)] public int Seeds { get; init; } = 5;

    /// <summary>The share of the labels. Default: 1.</summary>
    [Range(0.0001, 1)] public double Fraction { get; init; } = 1;

    /// <summary>The method with one of the values.</summary>
    /// <param name="method">The method as planned.</param>
    /// <param name="value">The value.</param>
    internal PlannedMethod With(PlannedMethod method, JsonElement value)
    {
        var options = method.Options is { } own ? JsonObject.Create(own)! : [];
        PlanJson.Merge(options, PlanJson.Nested(Option, JsonSerializer.SerializeToNode(value)));
        return method with { Options = JsonSerializer.SerializeToElement(options) };
    }
}
