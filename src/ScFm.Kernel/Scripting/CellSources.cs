using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScFm.Kernel.Scripting;

/// <summary>The text of the cells that were run, for their traces.</summary>
internal sealed class CellSources
{
    private readonly ConcurrentDictionary<string, SyntaxTree> trees = new();
    private readonly ConcurrentDictionary<string, string> paths = new();

    internal void Add(string path, SyntaxTree tree) => trees[path] = tree;

    internal void Add(string path, Assembly compiled) => paths[compiled.FullName!] = path;

    /// <summary>What traces call the cell that an assembly was compiled from; null for any other assembly.</summary>
    internal string? PathOf(Assembly? assembly) => assembly?.FullName is { } name ? paths.GetValueOrDefault(name) : null;

    /// <summary>The text of one line, from 1.</summary>
    internal string? Line(string path, int line) =>
        trees.TryGetValue(path, out var tree) && line >= 1 && line <= tree.GetText().Lines.Count ? tree.GetText().Lines[line - 1].ToString().Trim() : null;

    /// <summary>The lines, from 1, that take an element by its index.</summary>
    internal int[] LinesThatIndex(string path) =>
        trees.TryGetValue(path, out var tree)
            ? [.. tree.GetRoot().DescendantNodes().OfType<ElementAccessExpressionSyntax>().Select(node => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1).Distinct()]
            : [];
}
