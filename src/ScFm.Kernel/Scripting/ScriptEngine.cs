using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ScFm.Kernel.Scripting;

/// <summary>
/// Compiles and runs cells one after the other as Roslyn script submissions: each sees the variables, methods, types and
/// usings of those before it.
/// </summary>
internal sealed class ScriptEngine
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);
    private static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private readonly Lock gate = new();
    private readonly CSharpCompilationOptions options;
    private CSharpCompilation? previous;
    private object?[] submissions = new object?[16];
    private int count;
    private int knownReferences;

    internal ScriptEngine(ScriptReferences references)
    {
        References = references;
        // Optimised code: a researcher's loop must not run at debug speed. The symbols still give the lines of a trace.
        options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            usings: DefaultImports.Find(),
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable,
            sourceReferenceResolver: new SourceFileResolver([], Environment.CurrentDirectory),
            concurrentBuild: false);
        Variables = new ScriptVariables(this);
    }

    internal ScriptReferences References { get; }

    internal ScriptVariables Variables { get; }

    /// <summary>The objects that hold the variables of the cells run so far, newest first.</summary>
    internal IEnumerable<object> Submissions
    {
        get
        {
            lock (gate)
            {
                return [.. submissions.Skip(1).OfType<object>().Reverse()];
            }
        }
    }

    /// <summary>The cells that were run, by what traces call them.</summary>
    internal CellSources Sources { get; } = new();

    internal static SyntaxTree Parse(string code, string path = "") => CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), ParseOptions, path);

    /// <summary>A compilation of code as if it were the next cell, for questions about it; nothing is kept.</summary>
    internal CSharpCompilation Analyse(SyntaxTree tree)
    {
        lock (gate)
        {
            return Compile(tree, References.Since(knownReferences));
        }
    }

    /// <summary>Compiles a cell and makes it the newest of the chain.</summary>
    /// <param name="code">C# script.</param>
    /// <param name="path">What traces call it.</param>
    /// <exception cref="CellCompilationException">The code has errors; the chain stays as it was.</exception>
    internal Submission Prepare(string code, string path)
    {
        var tree = Parse(code, path);
        lock (gate)
        {
            var references = References.Since(knownReferences);
            var compilation = Compile(tree, references);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            var result = compilation.Emit(assembly, symbols, options: Emit);
            Diagnostic[] errors = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
            if (errors.Length > 0)
            {
                throw new CellCompilationException(errors);
            }

            previous = compilation;
            knownReferences += references.Length;
            count++;
            Sources.Add(path, tree);
            if (!result.Success)
            {
                // Only usings or comments: the compiler emits nothing, and that is no error.
                return Submission.Nothing;
            }

            assembly.Position = 0;
            symbols.Position = 0;
            var loaded = AssemblyLoadContext.Default.LoadFromStream(assembly, symbols);
            Sources.Add(path, loaded);
            var entry = compilation.GetEntryPoint(default)!;
            var factory = loaded.GetType(entry.ContainingType.MetadataName)!
                .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
                .CreateDelegate<Func<object?[], Task<object?>>>();

            // Slot 0 is for a globals object, which cells here do without; each submission takes at most one slot.
            if (count + 1 > submissions.Length)
            {
                Array.Resize(ref submissions, submissions.Length * 2);
            }

            return new Submission(factory, submissions, HasValue(tree, compilation));
        }
    }

    /// <summary>A submission has the references of those before it: giving them again would cost memory that grows with the square of the cells.</summary>
    private CSharpCompilation Compile(SyntaxTree tree, MetadataReference[] references) =>
        CSharpCompilation.CreateScriptCompilation($"ScFmCell{count}", tree, references, options, previous, typeof(object));

    /// <summary>Whether the code ends with an expression without a semicolon whose value is to be shown.</summary>
    private static bool HasValue(SyntaxTree tree, CSharpCompilation compilation)
    {
        var last = ((CompilationUnitSyntax)tree.GetRoot()).Members.LastOrDefault();
        return last is GlobalStatementSyntax
        {
            Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement,
        } && compilation.GetSemanticModel(tree).GetTypeInfo(statement.Expression).Type?.SpecialType != SpecialType.System_Void;
    }
}
