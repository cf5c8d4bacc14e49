namespace ScFm.Model.Tasks.Annotation;

/// <summary>A method of a plan, ready to learn.</summary>
/// <param name="Name">What it is called in tables and figures.</param>
/// <param name="Annotator">The annotator.</param>
internal sealed record StudiedAnnotator(string Name, IAnnotator Annotator)
{
    /// <summary>The methods of a plan.</summary>
    /// <exception cref="ArgumentException">There is no such kind, or an option is unknown or out of range; the message names the plan's field.</exception>
    internal static IReadOnlyList<StudiedAnnotator> All(AnnotationPlan plan) => [.. plan.Methods.Select((method, i) => Of(method, $"methods[{i}]"))];

    /// <summary>One method.</summary>
    internal static StudiedAnnotator Of(PlannedMethod method, string field)
    {
        try
        {
            var annotator = AnnotatorNames.Make(method.Kind, method.Options);
            return new StudiedAnnotator(method.Name ?? annotator.Name, annotator);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{field}: {error.Message}", error);
        }
    }
}
