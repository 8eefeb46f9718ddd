"""The words that may stand in a paper: the main vocabulary's elements and attributes (ISO/IEC 29500-1, 17).

Left out on purpose is what ``allowed_content`` names as active or unfit, and what it takes away as a trace of editing.
"""

#: Text, paragraphs, runs, tables, sections and what they are set by.
_BODY = """
    document body background p r t tab br cr sym noBreakHyphen softHyphen ptab pgNum dayShort monthShort yearShort dayLong
    monthLong yearLong footnoteReference endnoteReference footnoteRef endnoteRef separator continuationSeparator drawing pict
    txbxContent ruby rubyPr rubyAlign hps hpsRaise hpsBaseText lid rt rubyBase fldChar instrText fldSimple hyperlink
    dir bdo
    pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid
    spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl
    divId cnfStyle between bar top left bottom right start end
    rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof color w kern position
    sz szCs highlight u effect bdr fitText vertAlign rtl cs em lang eastAsianLayout oMath
    tbl tblPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd
    tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription tblGrid gridCol tblPrEx insideH insideV tl2br tr2bl
    tr trPr gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader
    tc tcPr tcW gridSpan hMerge vMerge tcBorders noWrap tcMar tcFitText vAlign hideMark headers header
    sectPr headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols
    col formProt noEndnote titlePg rtlGutter docGrid pos numFmt numStart numRestart
    hdr ftr footnotes footnote endnotes endnote
    sdt sdtPr sdtEndPr sdtContent alias tag id lock placeholder docPart showingPlcHdr temporary text richText picture group
    comboBox dropDownList listItem date dateFormat storeMappedDataAs calendar docPartObj docPartList docPartGallery
    docPartCategory docPartUnique equation citation bibliography label tabIndex
"""
#: Styles, numbering, fonts.
_LOOK = """
    styles docDefaults rPrDefault pPrDefault latentStyles lsdException style name aliases basedOn next link autoRedefine
    semiHidden unhideWhenUsed uiPriority qFormat locked personal personalCompose personalReply tblStylePr
    numbering numPicBullet abstractNum nsid multiLevelType tmpl styleLink numStyleLink lvl lvlRestart isLgl suff lvlText
    lvlPicBulletId lvlJc legacy num abstractNumId lvlOverride startOverride numIdMacAtCleanup
    fonts font altName panose1 charset family notTrueType pitch sig
"""
#: Settings, among them the many of older programs' page layout.
_SETTINGS = """
    settings view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
    printPostScriptOverText printFractionalCharacterWidth printFormsData mirrorMargins alignBordersAndEdges
    bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors formsDesign
    stylePaneFormatFilter stylePaneSortMethod documentType revisionView doNotTrackMoves doNotTrackFormatting autoFormatOverride
    styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps
    showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting
    bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
    displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin
    doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
    noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
    doNotDemarcateInvalidXml showXMLTags alwaysMergeEmptyNamespace updateFields
    hdrShapeDefaults shapeDefaults compat compatSetting themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
    doNotAutoCompressPictures forceUpgrade captions caption autoCaptions autoCaption readModeInkLockDown decimalSymbol
    listSeparator uiCompat97To2003 docEndnotePr
    useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance
    balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn
    spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames
    subFontBySize suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk
    swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders
    wrapTrailSpaces allowHyphenationAtTrackBottom footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment adjustLineHeightInTable
    autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth layoutTableRowsApart
    useWord97LineBreakRules doNotBreakWrappedTables doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules
    doNotWrapTextWithPunct doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout
    useNormalStyleForList doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules allowSpaceOfSameStyleInTable
    doNotSuppressIndentation doNotAutofitConstrainedTables autofitToFirstFixedWidthCell underlineTabInNumList
    displayHangulFixedWidth splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable
    doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance
"""
W_ELEMENTS = frozenset(f"{_BODY}{_LOOK}{_SETTINGS}".split())

_ATTRIBUTES = """
    val type space id name fmt start w h code orient top right bottom left header footer gutter sz color shadow frame
    themeColor themeTint themeShade fill themeFill themeFillTint themeFillShade offsetFrom display zOrder num equalWidth sep
    chapStyle chapSep countBy distance restart linePitch charSpace ascii hAnsi eastAsia cs asciiTheme hAnsiTheme eastAsiaTheme
    cstheme hint before beforeLines beforeAutospacing after afterLines afterAutospacing line lineRule firstLine firstLineChars
    hanging hangingChars leftChars rightChars startChars end endChars leader pos fldCharType dirty fldLock instr anchor history
    colFirst colLast displacedByCustomXml styleId default customStyle count defLockedState defUIPriority defSemiHidden
    defUnhideWhenUsed defQFormat locked uiPriority semiHidden unhideWhenUsed qFormat hRule tblpX tblpY tblpXSpec tblpYSpec
    leftFromText rightFromText topFromText bottomFromText vertAnchor horzAnchor vAnchor hAnchor hSpace vSpace wrap x y xAlign
    yAlign dropCap lines anchorLock abstractNumId ilvl tplc tentative numPicBulletId legacy legacySpace legacyIndent clear
    alignment relativeTo percent uri latentStyles stylesInUse headingStyles numberingStyles tableStyles
    directFormattingOnRuns directFormattingOnParagraphs directFormattingOnNumbering directFormattingOnTables clearFormatting
    top3HeadingStyles visibleStyles alternateStyleNames allStyles customStyles bg1 t1 bg2 t2 accent1 accent2 accent3 accent4
    accent5 accent6 hyperlink followedHyperlink usb0 usb1 usb2 usb3 csb0 csb1 characterSet bidi firstRow lastRow firstColumn
    lastColumn noHBand noVBand oddVBand evenVBand oddHBand evenHBand firstRowFirstColumn firstRowLastColumn lastRowFirstColumn
    lastRowLastColumn combine combineBrackets vert vertCompress char font displayText value lastValue fullDate first other
    customMarkFollows sect heading noBorder
"""
W_ATTRIBUTES = frozenset(_ATTRIBUTES.split())
