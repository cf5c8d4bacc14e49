using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ScFm.Kernel.Scripting;

/// <summary>A cell that does not compile.</summary>
internal sealed class CellCompilationException(IReadOnlyList<Diagnostic> errors) : Exception(Describe(errors[0]))
{
    internal IReadOnlyList<Diagnostic> Errors { get; } = errors;

    /// <summary>Each error with its line and a caret under the place.</summary>
    internal IEnumerable<string> Trace() => Errors.SelectMany(error =>
    {
        if (error.Location.SourceTree is not { } tree)
        {
            return [Describe(error)];
        }

        var span = error.Location.GetLineSpan();
        var line = tree.GetText().Lines[span.StartLinePosition.Line].ToString();
        var start = span.StartLinePosition.Character;
        var end = span.EndLinePosition.Line == span.StartLinePosition.Line ? span.EndLinePosition.Character : line.Length;
        // Tabs stay tabs, so that the caret stands under its place in any front end.
        var indent = string.Concat(line.Take(start).Select(c => c == '\t' ? '\t' : ' '));
        return new[] { Describe(error), "    " + line, "    " + indent + new string('^', Math.Max(1, end - start)) };
    });

    private static string Describe(Diagnostic error)
    {
        var position = error.Location.GetLineSpan().StartLinePosition;
        return $"({position.Line + 1},{position.Character + 1}): {error.Id} {error.GetMessage(CultureInfo.InvariantCulture)}";
    }
}
